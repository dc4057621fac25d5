namespace Ddpg.Environments;

/// <summary>Checks of what the environment says of itself, and of what it refuses.</summary>
internal static class DescriptionChecks
{
    public static void Spaces(EnvironmentProbe probe)
    {
        IEnvironment environment = probe.Environment;
        if (string.IsNullOrWhiteSpace(environment.Id)) probe.Error("Id is empty", "Give it a name with a version, such as MyTask-v0.");
        if (environment.ObservationSpace is null || environment.ActionSpace is null)
        {
            probe.Error("a space is null", "Make both boxes in the constructor and return the same ones always.");
            return;
        }
        if (!environment.ActionSpace.IsBounded)
            probe.Error($"the action space {environment.ActionSpace} has an infinite bound", "DDPG scales tanh to the action space; give every number a lower and an upper limit.");
        if (environment.MaxEpisodeSteps < 1)
            probe.Error($"MaxEpisodeSteps is {environment.MaxEpisodeSteps}", "Set the time limit to at least 1 step.");
        if (environment.ActionSpace.IsBounded && environment.ActionSpace.HalfRange.Any(range => range == 0))
            probe.Warn($"a number of the action space {environment.ActionSpace} has only one value", "Leave it out of the action.");
    }

    public static void StepBeforeReset(EnvironmentProbe probe)
    {
        string? problem = RefusalProblem<InvalidOperationException>(() => probe.Environment.Step(probe.RandomActions()()));
        if (problem is not null)
        {
            probe.Warn(
                $"Step before the first Reset {problem}",
                "Throw an InvalidOperationException that says to call Reset. (If this environment had been reset before the check, pass a new one.)");
        }
    }

    public static void ImpossibleActions(EnvironmentProbe probe)
    {
        IEnvironment environment = probe.Environment;
        environment.Reset(probe.Seed);
        float[] notANumber = probe.RandomActions()();
        notANumber[^1] = float.NaN;
        string? problem = RefusalProblem<ArgumentException>(() => environment.Step(notANumber));
        if (problem is not null) probe.Error($"an action with NaN {problem}", "Throw an ArgumentException that names the index: a NaN from a diverged network must not pass silently into the state.");
        environment.Reset(probe.Seed);
        problem = RefusalProblem<ArgumentException>(() => environment.Step(new float[environment.ActionSpace.Length + 1]));
        if (problem is not null) probe.Error($"an action of {environment.ActionSpace.Length + 1} numbers, one too many, {problem}", "Throw an ArgumentException that names both lengths.");
    }

    public static void ActionsOutside(EnvironmentProbe probe)
    {
        Box space = probe.Environment.ActionSpace;
        float[] inside = space.High, outside = [.. space.High.Select(high => high + Math.Max(1, Math.Abs(high)))];
        probe.Environment.Reset(probe.Seed);
        try
        {
            float[] expected = [.. probe.Environment.Step(inside).Observation];
            probe.Environment.Reset(probe.Seed);
            float[] actual = probe.Environment.Step(outside).Observation;
            if (!expected.AsSpan().SequenceEqual(actual))
                probe.Warn("an action beyond the upper limit moves it further than the limit does", "Clip the action to the action space inside Step.");
        }
        catch (ArgumentException exception)
        {
            probe.Warn($"an action beyond the upper limit throws: {exception.Message}", "Clip the action to the action space inside Step; noise steps over the limit all the time.");
        }
    }

    public static void Drawing(EnvironmentProbe probe)
    {
        if (probe.Environment is not IDrawable drawable) return;
        probe.Environment.Reset(probe.Seed);
        DrawingBounds bounds = drawable.Bounds;
        if (!(bounds.MinX < bounds.MaxX && bounds.MinY < bounds.MaxY))
            probe.Error($"its bounds {bounds} are empty", "Return MinX < MaxX and MinY < MaxY.");
        FiniteDrawing drawing = new();
        drawable.Draw(drawing);
        if (drawing.Shapes == 0) probe.Warn("Draw draws nothing", "Draw the state, or do not implement IDrawable.");
        if (!drawing.AllFinite) probe.Error("Draw uses a coordinate that is NaN or infinite", "Look for a division by zero in Draw.");
    }

    // Null when the call was refused with the right kind of exception.
    internal static string? RefusalProblem<TException>(Action call) where TException : Exception
    {
        try
        {
            call();
            return "is accepted";
        }
        catch (TException)
        {
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"throws {exception.GetType().Name} ({exception.Message}) instead of {typeof(TException).Name}";
        }
    }

    private sealed class FiniteDrawing : IDrawing
    {
        public int Shapes { get; private set; }

        public bool AllFinite { get; private set; } = true;

        public void Line(double x1, double y1, double x2, double y2, DrawingStyle style) => Add([x1, y1, x2, y2]);

        public void Circle(double x, double y, double radius, DrawingStyle style) => Add([x, y, radius]);

        public void Polygon(ReadOnlySpan<double> xy, DrawingStyle style) => Add(xy);

        public void Text(double x, double y, string text, DrawingStyle style) => Add([x, y]);

        private void Add(ReadOnlySpan<double> numbers)
        {
            Shapes++;
            foreach (double number in numbers) AllFinite &= double.IsFinite(number);
        }
    }
}

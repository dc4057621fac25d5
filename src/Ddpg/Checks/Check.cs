using static TorchSharp.torch;

namespace Ddpg.Checks;

/// <summary>
/// Tells a reader whether an exercise is solved: <c>Check.Close("soft update", () =&gt; MySoftUpdate(1, 0, 0.005), 0.005, 1e-6)</c> as the last line of a cell, without a semicolon.
/// The lambda forms catch what the answer throws, so a notebook with unsolved exercises runs to its end.
/// </summary>
public static class Check
{
    /// <summary>Whether two numbers differ by no more than <paramref name="tolerance"/>.</summary>
    /// <param name="name">What is checked, a few words.</param>
    /// <param name="mine">The reader's answer.</param>
    /// <param name="expected">The right answer.</param>
    /// <param name="tolerance">Largest allowed |mine − expected|, at least 0.</param>
    /// <param name="hint">One sentence shown after a wrong answer.</param>
    public static CheckResult Close(string name, double mine, double expected, double tolerance, string? hint = null) =>
        Compare(name, [mine], [expected], [], [], tolerance, hint);

    /// <summary>Whether two lists of numbers have the same length and no pair differs by more than <paramref name="tolerance"/>. Arrays, because a list would also convert to a tensor.</summary>
    /// <inheritdoc cref="Close(string, double, double, double, string?)"/>
    public static CheckResult Close(string name, double[] mine, double[] expected, double tolerance, string? hint = null) =>
        Compare(name, mine, expected, [mine.Length], [expected.Length], tolerance, hint);

    /// <inheritdoc cref="Close(string, double[], double[], double, string?)"/>
    public static CheckResult Close(string name, float[] mine, float[] expected, double tolerance, string? hint = null) =>
        Compare(name, Widen(mine), Widen(expected), [mine.Length], [expected.Length], tolerance, hint);

    /// <summary>Whether two tensors have the same shape and no pair of elements differs by more than <paramref name="tolerance"/>. (B, 1) is not (B).</summary>
    /// <inheritdoc cref="Close(string, double, double, double, string?)"/>
    public static CheckResult Close(string name, Tensor mine, Tensor expected, double tolerance, string? hint = null) =>
        Compare(name, Values(mine), Values(expected), mine.shape, expected.shape, tolerance, hint);

    /// <summary>Calls <paramref name="mine"/> and compares what it returns; what it throws becomes the outcome.</summary>
    /// <inheritdoc cref="Close(string, double, double, double, string?)"/>
    public static CheckResult Close(string name, Func<double> mine, double expected, double tolerance, string? hint = null) =>
        Guarded(name, hint, () => Close(name, mine(), expected, tolerance, hint));

    /// <inheritdoc cref="Close(string, Func{double}, double, double, string?)"/>
    public static CheckResult Close(string name, Func<double[]> mine, double[] expected, double tolerance, string? hint = null) =>
        Guarded(name, hint, () => Close(name, mine(), expected, tolerance, hint));

    /// <inheritdoc cref="Close(string, Func{double}, double, double, string?)"/>
    public static CheckResult Close(string name, Func<float[]> mine, float[] expected, double tolerance, string? hint = null) =>
        Guarded(name, hint, () => Close(name, mine(), expected, tolerance, hint));

    /// <inheritdoc cref="Close(string, Func{double}, double, double, string?)"/>
    public static CheckResult Close(string name, Func<Tensor> mine, Tensor expected, double tolerance, string? hint = null) =>
        Guarded(name, hint, () => Close(name, mine(), expected, tolerance, hint));

    /// <summary>Whether <paramref name="mine"/> equals <paramref name="expected"/> exactly: words, integers, true or false.</summary>
    /// <inheritdoc cref="Close(string, double, double, double, string?)"/>
    public static CheckResult Equal<T>(string name, T mine, T expected, string? hint = null) => EqualityComparer<T>.Default.Equals(mine, expected)
        ? new CheckResult(name, CheckOutcome.Passed, "passed")
        : new CheckResult(name, CheckOutcome.Failed, $"{mine?.ToString() ?? "null"} is not the answer.", hint);

    /// <summary>Calls <paramref name="mine"/> and compares what it returns; what it throws becomes the outcome.</summary>
    /// <inheritdoc cref="Close(string, double, double, double, string?)"/>
    public static CheckResult Equal<T>(string name, Func<T> mine, T expected, string? hint = null) =>
        Guarded(name, hint, () => Equal(name, mine(), expected, hint));

    /// <summary>Whether <paramref name="condition"/> holds; what it throws becomes the outcome.</summary>
    /// <param name="name">What is checked, a few words.</param>
    /// <param name="condition">Calls the reader's answer and says whether it is right.</param>
    /// <param name="hint">One sentence shown after a wrong answer.</param>
    public static CheckResult That(string name, Func<bool> condition, string? hint = null) => Guarded(name, hint, () => condition()
        ? new CheckResult(name, CheckOutcome.Passed, "passed")
        : new CheckResult(name, CheckOutcome.Failed, "not there yet.", hint));

    /// <summary>Whether a measurement, such as a mean episode return, reaches <paramref name="least"/>; what it throws becomes the outcome. NaN does not reach anything.</summary>
    /// <param name="name">What is checked, a few words.</param>
    /// <param name="mine">Calls the reader's answer and measures it.</param>
    /// <param name="least">The smallest value that passes.</param>
    /// <param name="hint">One sentence shown after a wrong answer.</param>
    public static CheckResult AtLeast(string name, Func<double> mine, double least, string? hint = null) => Guarded(name, hint, () =>
    {
        double value = mine();
        return value >= least
            ? new CheckResult(name, CheckOutcome.Passed, $"passed ({CheckResult.Number(value)}, asked for at least {CheckResult.Number(least)})")
            : new CheckResult(name, CheckOutcome.Failed, $"{CheckResult.Number(value)} is {CheckResult.Number(least - value)} below the {CheckResult.Number(least)} asked for.", hint);
    });

    /// <summary>One result for an exercise with several checks: passed when all are, with the first that is not in the detail.</summary>
    public static CheckResult All(string name, params IReadOnlyList<CheckResult> results)
    {
        CheckResult? open = results.FirstOrDefault(result => !result.Passed);
        return open is null
            ? new CheckResult(name, CheckOutcome.Passed, $"passed ({results.Count} checks)")
            : new CheckResult(name, open.Outcome, $"{results.Count(result => result.Passed)} of {results.Count} checks passed; {open.Name}: {open.Detail}", open.Hint, open.LargestDifference);
    }

    private static CheckResult Guarded(string name, string? hint, Func<CheckResult> check)
    {
        try
        {
            return check();
        }
        // What an exercise's stub throws, ours or the one that a reader's editor writes: not yet an answer, so neither right nor wrong.
        catch (Exception exception) when (exception is NotSolvedException or NotImplementedException)
        {
            return new CheckResult(name, CheckOutcome.NotSolved, "not solved yet");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return new CheckResult(name, CheckOutcome.Failed, $"your code threw {exception.GetType().Name}: {exception.Message}", hint);
        }
    }

    private static CheckResult Compare(string name, double[] mine, double[] expected, long[] myShape, long[] expectedShape, double tolerance, string? hint)
    {
        if (!(tolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance must be at least 0, for example 1e-6.");
        if (!myShape.AsSpan().SequenceEqual(expectedShape))
            return new CheckResult(name, CheckOutcome.Failed, $"the shape is {Shape(myShape)}, expected {Shape(expectedShape)}.", hint);

        int worst = 0;
        double largest = 0;
        for (int i = 0; i < mine.Length && !double.IsNaN(largest); i++)
        {
            // Equal infinities have no difference, though ∞ − ∞ is NaN.
            double difference = mine[i].Equals(expected[i]) ? 0 : Math.Abs(mine[i] - expected[i]);
            if (difference > largest || double.IsNaN(difference))
                (worst, largest) = (i, difference);
        }

        if (largest <= tolerance)
            return new CheckResult(name, CheckOutcome.Passed, $"passed (largest difference {CheckResult.Number(largest)}, allowed {CheckResult.Number(tolerance)})", null, largest);
        string where = myShape.Length == 0 ? "" : $" at {Position(worst, myShape)}";
        return new CheckResult(name, CheckOutcome.Failed,
            $"largest difference {CheckResult.Number(largest)}{where}: yours {CheckResult.Number(mine[worst])}, expected {CheckResult.Number(expected[worst])}, allowed {CheckResult.Number(tolerance)}.", hint, largest);
    }

    private static double[] Widen(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    private static string Shape(long[] shape) => $"({string.Join(", ", shape)})";

    private static string Position(int flat, long[] shape)
    {
        long[] index = new long[shape.Length];
        long rest = flat;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
        return $"[{string.Join(", ", index)}]";
    }
}

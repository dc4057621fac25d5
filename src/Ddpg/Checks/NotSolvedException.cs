namespace Ddpg.Checks;

/// <summary>What the untouched stub of an exercise throws; a <see cref="Check"/> that calls the stub reports "not solved yet" and the notebook runs on.</summary>
public sealed class NotSolvedException : Exception
{
    /// <summary>A stub with nothing more to say.</summary>
    public NotSolvedException() : base("This exercise is not solved yet.") { }

    /// <summary>A stub that says what to write there.</summary>
    public NotSolvedException(string message) : base(message) { }

    /// <summary>A stub that says what to write there, thrown because of <paramref name="inner"/>.</summary>
    public NotSolvedException(string message, Exception inner) : base(message, inner) { }
}

using System.Runtime.InteropServices;
using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Tests.Environments;

[Trait("Speed", "tiny")]
public sealed class EnvironmentCheckerTests
{
    public static TheoryData<string> Ids => [.. EnvironmentRegistry.Ids];

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void The_kits_own_environments_pass_without_a_warning(string id)
    {
        string? missing = EnvironmentRegistry.Missing(id);
        Skip.If(missing is not null, missing);
        EnvironmentReport report = EnvironmentChecker.Check(EnvironmentRegistry.Make(id), seed: 3);
        Assert.True(report.Passed);
        // The robots' observations are the community's, in metres, radians and newtons: what the checker says of their scales is true, and taught.
        bool isRobot = Ddpg.Environments.MuJoCo.RobotMakers.All.ContainsKey(id);
        Assert.All(report.Findings, finding => Assert.True(isRobot && finding.Advice.Contains("ObservationNormalization"), finding.ToString()));
        string warnings = report.Findings.Count switch { 0 => "no warnings", 1 => "1 warning", int count => $"{count} warnings" };
        Assert.StartsWith($"{id}: 15 checks, no errors, {warnings}\n  passed   id, spaces and time limit\n", report.ToString());
    }

    [Fact]
    public void The_walk_that_the_others_break_is_sound() => Assert.Empty(EnvironmentChecker.Check(new Walk()).Findings);

    /// <summary>One fault each; the check that must find it, and words that the problem and the advice must have.</summary>
    public static TheoryData<Fault, string, string, string> Faults => new()
    {
        { Fault.EmptyId, "id, spaces and time limit", "Id is empty", "version" },
        { Fault.UnboundedAction, "id, spaces and time limit", "infinite bound", "tanh" },
        { Fault.NoTimeLimit, "id, spaces and time limit", "MaxEpisodeSteps is 0", "at least 1" },
        { Fault.ActionWithOneValue, "id, spaces and time limit", "only one value", "Leave it out" },
        { Fault.StepBeforeReset, "Step before Reset is refused", "is accepted", "call Reset" },
        { Fault.WrongLength, "first observation", "has 3 number(s), ObservationSpace 2", "Return the start" },
        { Fault.StartOutside, "first observation", "observation[0] is 11, outside [-10, 10]", "widen the space" },
        { Fault.NullObservation, "first observation", "is null", "float array" },
        { Fault.LeavesSpace, "observations and rewards", "outside [-10, 10]", "widen the space" },
        { Fault.NaNObservation, "observations and rewards", "observation[1] is NaN", "within ObservationSpace" },
        { Fault.InfiniteReward, "observations and rewards", "the reward of step 7 is", "division by zero" },
        { Fault.NeverEnds, "end of the episode", "goes on after MaxEpisodeSteps = 60", "Truncated = true" },
        { Fault.EndsBothWays, "end of the episode", "both terminated and truncated", "Terminated wins" },
        { Fault.TruncatesEarly, "end of the episode", "truncated after 40 steps, with MaxEpisodeSteps = 60", "time limit alone" },
        { Fault.TerminatesAtLimit, "end of the episode", "terminated exactly at the time limit, step 60", "no future" },
        { Fault.StepAfterEnd, "Step after the end is refused", "is accepted", "forgotten Reset" },
        { Fault.AcceptsNaN, "impossible actions are refused", "an action with NaN is accepted", "diverged network" },
        { Fault.AcceptsAnyLength, "impossible actions are refused", "an action of 2 numbers, one too many, is accepted", "both lengths" },
        { Fault.WrongExceptionForNaN, "impossible actions are refused", "throws NotSupportedException", "ArgumentException" },
        { Fault.RefusesActionsOutside, "actions outside the space are clipped", "throws", "noise steps over the limit" },
        { Fault.DoesNotClip, "actions outside the space are clipped", "moves it further", "Clip the action" },
        { Fault.HiddenRandomness, "same seed, same episode", "two episodes of seed 0 with the same actions differ: observation[0] after 1 step(s)", "No Random.Shared" },
        { Fault.RandomReward, "same seed, same episode", "the reward of step 1 is", "one generator" },
        { Fault.SeedIgnored, "another seed, another episode", "six seeds, 0 to 5", "start state" },
        { Fault.ReseedsAlways, "Reset without a seed goes on", "every Reset() repeats the same start", "only when a seed is given" },
        { Fault.ReseedsWithOneArray, "Reset without a seed goes on", "every Reset() repeats the same start", "only when a seed is given" },
        { Fault.ResetFromClock, "Reset without a seed goes on", "starts differently the second time", "clock" },
        { Fault.IgnoresAction, "the action matters", "give the same episode", "nothing can be learnt" },
        { Fault.ChangesAction, "the action is left alone", "changed the caller's action array", "replay buffer" },
        { Fault.ReusesObservation, "each observation is a new array", "handed out again or changed", "new array" },
        { Fault.DrawsNaN, "drawing", "NaN or infinite", "division by zero" },
        { Fault.DrawsNothing, "drawing", "draws nothing", "IDrawable" },
        { Fault.EmptyBounds, "drawing", "are empty", "MinX < MaxX" },
        { Fault.ThrowsInStep, "observations and rewards", "threw IndexOutOfRangeException: broken", "at Ddpg.Tests" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_gets_its_own_finding_with_advice(Fault fault, string check, string problem, string advice)
    {
        EnvironmentReport report = EnvironmentChecker.Check(new Walk(fault));
        EnvironmentFinding finding = Assert.Single(report.Findings, finding => finding.Check == check && finding.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.Contains(advice, finding.Advice);
        Assert.Equal(finding.Severity == FindingSeverity.Warning, !report.ToString().Contains($"FAILED   {check}", StringComparison.Ordinal));
        Assert.Contains(finding.Problem, report.ToString());
        Assert.Contains("-> " + finding.Advice, report.ToString());
    }

    public static TheoryData<Fault> AllFaults => [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    [Theory]
    [MemberData(nameof(AllFaults))]
    public void Every_fault_is_listed_above(Fault fault) => Assert.Contains(Faults, row => row[0].Equals(fault));

    public enum Fault
    {
        None, EmptyId, UnboundedAction, NoTimeLimit, ActionWithOneValue, StepBeforeReset, WrongLength, StartOutside, NullObservation, LeavesSpace, NaNObservation,
        InfiniteReward, NeverEnds, EndsBothWays, TruncatesEarly, TerminatesAtLimit, StepAfterEnd, AcceptsNaN, AcceptsAnyLength, WrongExceptionForNaN,
        RefusesActionsOutside, DoesNotClip, HiddenRandomness, RandomReward, SeedIgnored, ReseedsAlways, ReseedsWithOneArray, ResetFromClock, IgnoresAction, ChangesAction,
        ReusesObservation, DrawsNaN, DrawsNothing, EmptyBounds, ThrowsInStep,
    }

    /// <summary>A walk along a line, with one fault built in. It holds (position, time) in its observation.</summary>
    private sealed class Walk(Fault fault = Fault.None) : IEnvironment, IDrawable
    {
        private readonly float[] _shared = new float[2];
        private SeededRandom _random = new(0);
        private int _steps = -1;
        private int _calls;
        private bool _ended;
        private float _position;

        public string Id => fault == Fault.EmptyId ? "" : "Walk-v0";

        public Box ObservationSpace { get; } = new([-10, 0], [10, 100]);

        public Box ActionSpace { get; } = fault switch
        {
            Fault.UnboundedAction => new Box(-1, float.PositiveInfinity, 1),
            Fault.ActionWithOneValue => new Box([-1, 2], [1, 2]),
            _ => new Box(-1, 1, 1),
        };

        public int MaxEpisodeSteps => fault == Fault.NoTimeLimit ? 0 : 60;

        public DrawingBounds Bounds => fault == Fault.EmptyBounds ? default : new DrawingBounds(-10, -1, 10, 1);

        public float[] Reset(ulong? seed = null)
        {
            _calls++;
            if (seed is ulong root && fault != Fault.SeedIgnored) _random = new SeededRandom(root);
            if (seed is null && fault == Fault.ResetFromClock) _random = new SeededRandom((ulong)_calls);
            if (seed is ulong other) LastSeed = other;
            if (seed is null && (fault is Fault.ReseedsAlways or Fault.ReseedsWithOneArray)) _random = new SeededRandom(LastSeed);
            if (fault == Fault.SeedIgnored) _random = new SeededRandom(1);
            (_steps, _ended, _position) = (0, false, fault == Fault.StartOutside ? 11 : (float)_random.NextUniform(-1, 1));
            if (fault == Fault.NullObservation) return null!;
            return fault == Fault.WrongLength ? [0, 0, 0] : Observe();
        }

        public StepResult Step(ReadOnlySpan<float> action)
        {
            _calls++;
            Refuse(action);
            if (fault == Fault.ThrowsInStep) throw new IndexOutOfRangeException("broken");
            float push = action.Length == 0 || float.IsNaN(action[0]) ? 0 : action[0];
            if (fault == Fault.ChangesAction) MemoryMarshal.GetReference(action) *= 0.5f;
            if (fault != Fault.DoesNotClip) push = Math.Clamp(push, -1, 1);
            if (fault == Fault.IgnoresAction) push = 0.5f;
            if (fault == Fault.HiddenRandomness) push += 1e-4f * (_calls % 97);
            _position += 0.1f * push;
            if (fault == Fault.LeavesSpace && _steps > 20) _position = 10.5f;
            _steps++;
            double reward = -Math.Abs(_position);
            if (fault == Fault.InfiniteReward && _steps == 7) reward = double.NegativeInfinity;
            if (fault == Fault.RandomReward) reward += _calls;
            bool atLimit = _steps >= 60;
            bool truncated = fault switch { Fault.NeverEnds => false, Fault.TruncatesEarly => _steps >= 40, Fault.TerminatesAtLimit => false, _ => atLimit };
            bool terminated = atLimit && fault is Fault.EndsBothWays or Fault.TerminatesAtLimit && atLimit;
            _ended = truncated || terminated;
            return new StepResult(Observe(), reward, terminated, truncated);
        }

        public void Draw(IDrawing drawing)
        {
            if (fault == Fault.DrawsNothing) return;
            drawing.Circle(fault == Fault.DrawsNaN ? double.NaN : _position, 0, 1, new DrawingStyle("#000", "none", 0));
        }

        private ulong LastSeed { get; set; }

        private void Refuse(ReadOnlySpan<float> action)
        {
            if (_steps < 0 && fault != Fault.StepBeforeReset) throw new InvalidOperationException("call Reset");
            if (_ended && fault != Fault.StepAfterEnd) throw new InvalidOperationException("call Reset");
            if (action.Length != ActionSpace.Length && fault != Fault.AcceptsAnyLength) throw new ArgumentException("length");
            if (action.Length > 0 && float.IsNaN(action[^1]) && fault != Fault.AcceptsNaN)
                throw fault == Fault.WrongExceptionForNaN ? new NotSupportedException("no") : new ArgumentException("NaN");
            if (fault == Fault.RefusesActionsOutside && !ActionSpace.Contains(action)) throw new ArgumentException("outside");
        }

        private float[] Observe()
        {
            float[] observation = fault is Fault.ReusesObservation or Fault.ReseedsWithOneArray ? _shared : new float[2];
            (observation[0], observation[1]) = (_position, fault == Fault.NaNObservation && _steps > 3 ? float.NaN : Math.Max(_steps, 0));
            return observation;
        }
    }
}

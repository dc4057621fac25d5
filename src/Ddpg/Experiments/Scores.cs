using Ddpg.Randomness;

namespace Ddpg.Experiments;

/// <summary>
/// Statistics for a handful of seeds, by Agarwal et al. (2021), "Deep RL at the edge of the statistical precipice" (the library rliable):
/// interquartile mean, stratified bootstrap, probability of improvement. Scores come as one array a task, one number a seed.
/// </summary>
public static class Scores
{
    /// <summary>Fewest seeds a task for which an interval is given: below it the bootstrap is much too narrow.</summary>
    public const int FewestSeeds = 5;

    /// <summary>The mean of the middle half: a quarter of the scores (rounded down) is cut off each end. All tasks are pooled, so normalise them first.</summary>
    /// <param name="scores">Any number of scores, at least one.</param>
    public static double InterquartileMean(IReadOnlyList<double> scores)
    {
        double[] sorted = [.. Checked(scores).Order()];
        int cut = sorted.Length / 4;
        return Mean(sorted.AsSpan(cut, sorted.Length - 2 * cut));
    }

    /// <summary>The interquartile mean of several tasks' scores with its 95 % stratified bootstrap interval.</summary>
    /// <param name="tasks">One array of scores a task, on a common scale.</param>
    /// <param name="resamples">Bootstrap resamples; 2,000 is enough for a plot, rliable takes 50,000.</param>
    /// <param name="seed">Fixes the resampling.</param>
    public static Estimate InterquartileMean(IReadOnlyList<IReadOnlyList<double>> tasks, int resamples = 2_000, ulong seed = 0) =>
        Bootstrap(tasks, sample => InterquartileMean([.. sample.SelectMany(scores => scores)]), resamples, seed);

    /// <summary>Any statistic of one or several tasks' scores with its 95 % stratified percentile bootstrap interval: seeds are drawn anew within each task.</summary>
    /// <param name="tasks">One array of scores a task.</param>
    /// <param name="statistic">From scores like <paramref name="tasks"/> to a number.</param>
    /// <param name="resamples">Bootstrap resamples, at least 1.</param>
    /// <param name="seed">Fixes the resampling.</param>
    public static Estimate Bootstrap(IReadOnlyList<IReadOnlyList<double>> tasks, Func<IReadOnlyList<IReadOnlyList<double>>, double> statistic, int resamples = 2_000, ulong seed = 0)
    {
        CheckTasks(tasks);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        double value = statistic(tasks);
        if (tasks.Any(scores => scores.Count < FewestSeeds))
            return new Estimate(value, null, null);

        var random = new SeededRandom(seed);
        double[] statistics = new double[resamples];
        double[][] sample = [.. tasks.Select(scores => new double[scores.Count])];
        for (int i = 0; i < resamples; i++)
        {
            for (int task = 0; task < sample.Length; task++)
                for (int k = 0; k < sample[task].Length; k++)
                    sample[task][k] = tasks[task][random.NextInt(sample[task].Length)];
            statistics[i] = statistic(sample);
        }
        Array.Sort(statistics);
        return new Estimate(value, Quantile(statistics, 0.025), Quantile(statistics, 0.975));
    }

    /// <summary>The probability that a run of X beats a run of Y on a task, averaged over the tasks: P(X &gt; Y) + ½P(X = Y). One half means no difference.</summary>
    /// <param name="x">One array of scores a task.</param>
    /// <param name="y">The same tasks in the same order; the numbers of seeds may differ.</param>
    /// <param name="resamples">Bootstrap resamples, at least 1.</param>
    /// <param name="seed">Fixes the resampling.</param>
    /// <exception cref="ArgumentException">X and Y have different numbers of tasks.</exception>
    public static Estimate ProbabilityOfImprovement(IReadOnlyList<IReadOnlyList<double>> x, IReadOnlyList<IReadOnlyList<double>> y, int resamples = 2_000, ulong seed = 0)
    {
        CheckTasks(x);
        CheckTasks(y);
        if (x.Count != y.Count)
            throw new ArgumentException($"X has {x.Count} tasks and Y {y.Count}; compare them on the same ones.", nameof(y));
        return Bootstrap([.. x, .. y], both => Enumerable.Range(0, x.Count).Average(task => Beats(both[task], both[x.Count + task])), resamples, seed);
    }

    /// <summary>The value below which the fraction <paramref name="q"/> of <paramref name="sorted"/> lies, with linear interpolation (numpy's default).</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double q)
    {
        double position = q * (sorted.Length - 1);
        int below = (int)position;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double Beats(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double wins = 0;
        foreach (double a in x)
            foreach (double b in y)
                wins += a > b ? 1 : a == b ? 0.5 : 0;
        return wins / (x.Count * y.Count);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    private static void CheckTasks(IReadOnlyList<IReadOnlyList<double>> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0)
            throw new ArgumentException("There is no task; pass one array of scores for each.", nameof(tasks));
        foreach (IReadOnlyList<double> scores in tasks)
            Checked(scores);
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
            throw new ArgumentException("There is no score; a task needs at least one seed.", nameof(scores));
        return scores.All(double.IsFinite) ? scores : throw new ArgumentException("A score is NaN or infinite; leave out the run that diverged and say so.", nameof(scores));
    }
}

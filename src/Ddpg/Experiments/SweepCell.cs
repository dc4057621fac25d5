using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>One run of a sweep: a place in the grid environment × exploration × variant × seed, and the settings that belong to it.</summary>
/// <param name="Environment">The environment's id.</param>
/// <param name="Exploration">Name of the exploration in the sweep file; <c>default</c> where it lists none.</param>
/// <param name="Variant">Name of the variant in the sweep file; <c>default</c> where it lists none.</param>
/// <param name="Seed">Root seed of the run.</param>
/// <param name="Hyperparameters">The settings.</param>
/// <param name="FreshEpisodes">Starts on which the best policy of the run is scored in the end; neither training nor the choice of the best has seen them.</param>
public sealed record SweepCell(string Environment, string Exploration, string Variant, ulong Seed, Hyperparameters Hyperparameters, int FreshEpisodes)
{
    /// <summary>For example <c>Pendulum-v1, Normal, seed 3</c>; names that are <c>default</c> are left out.</summary>
    public string Name => string.Join(", ", Parts("seed "));

    /// <summary>The name of the run's folder.</summary>
    public string FolderName => string.Join('.', Parts("seed-")).Replace(' ', '_');

    /// <summary>Sixteen hexadecimal digits that change with anything that changes the run: environment, seed, a setting that is not the default, the evaluation's starts.</summary>
    /// <remarks>Settings at their defaults are left out, so that a setting added to the kit later does not make old results strangers.</remarks>
    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{Environment}\n{Seed}\n{Evaluator.DefaultSeed}\n{FreshEpisodes}\n");
            foreach (string assignment in Assignments)
                text.Append(assignment).Append('\n');
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
        }
    }

    /// <summary>The settings that differ from the defaults, as <c>Name=value</c>: what <c>ddpg train --set</c> takes.</summary>
    public IEnumerable<string> Assignments => Hyperparameters.Names
        .Where(name => Hyperparameters.ValueOf(name) != Hyperparameters.Post.ValueOf(name))
        .Select(name => $"{name}={Hyperparameters.ValueOf(name)}");

    private IEnumerable<string> Parts(string seed) =>
        [Environment, .. new[] { Exploration, Variant }.Where(name => name != Sweep.DefaultName), seed + Seed.ToString(CultureInfo.InvariantCulture)];
}

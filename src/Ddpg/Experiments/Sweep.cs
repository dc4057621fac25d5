using System.Text.Json;

namespace Ddpg.Experiments;

/// <summary>A grid of runs, environment × exploration × variant × seed, read from a JSON file and checked before anything runs.</summary>
/// <remarks>
/// <code>
/// {
///   "format": 1,
///   "preset": "Pendulum",                              // where the settings start; default Post
///   "set": { "TotalSteps": 20000 },                    // changed for every run
///   "environments": [ "Pendulum-v1" ],                 // or { "id": …, "preset": …, "set": … }
///   "explorations": [ "Normal", { "name": "ou dt 1", "set": { "Exploration": "OrnsteinUhlenbeck", "OrnsteinUhlenbeckDt": 1 } } ],
///   "variants": [ { "name": "no target network", "set": { "Tau": 1 } } ],
///   "seeds": [ 1, 2, 3, 4, 5 ]
/// }
/// </code>
/// The preset is the one named last among file, environment, exploration and variant; the <c>set</c> objects then apply in that order. Comments are allowed.
/// </remarks>
public sealed class Sweep
{
    /// <summary>The version of the sweep file's format that this kit reads.</summary>
    public const int Format = 1;

    /// <summary>The name of the only exploration or variant of a file that lists none.</summary>
    public const string DefaultName = "default";

    internal Sweep(string name, string description, IReadOnlyList<SweepCell> cells) => (Name, Description, Cells) = (name, description, cells);

    /// <summary>The file's name without extension; of a file called sweep.json, its folder's name.</summary>
    public string Name { get; }

    /// <summary>What the file says that it is for.</summary>
    public string Description { get; }

    /// <summary>The runs: environments outermost, seeds innermost, in the file's order.</summary>
    public IReadOnlyList<SweepCell> Cells { get; }

    /// <summary>Reads a sweep file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">Something in it is wrong; the message says where, and what is right.</exception>
    public static Sweep Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException(Directory.Exists(full) ? $"'{path}' is a folder; name the sweep file in it, such as '{Path.Combine(path, "sweep.json")}'." : $"There is no sweep file '{path}'.", path);
        string name = Path.GetFileNameWithoutExtension(full);
        if (name == "sweep")
            name = Path.GetFileName(Path.GetDirectoryName(full)) is { Length: > 0 } folder ? folder : name;
        return Parse(File.ReadAllText(full), name, Path.GetFileName(path));
    }

    /// <summary>Reads a sweep from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">The sweep's name.</param>
    /// <param name="file">What messages call the text.</param>
    /// <exception cref="FormatException">Something in it is wrong; the message says where, and what is right.</exception>
    public static Sweep Parse(string json, string name = "sweep", string file = "sweep.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            return new SweepFile(file).Read(document.RootElement, name);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{file} is not JSON: {exception.Message}", exception);
        }
    }
}

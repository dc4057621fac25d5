using System.Runtime.InteropServices;
using Ddpg.Environments.MuJoCo.Binding;

namespace Ddpg.Environments.MuJoCo;

/// <summary>The MuJoCo library of this machine, on which the robots run: found once, at first use.</summary>
/// <remarks>
/// MuJoCo 2.2 to 3.x. It is looked for in the file or folder that the environment variable <c>DDPG_MUJOCO</c> names, and nowhere else where that is set; otherwise
/// beside the kit, in the folders of the system's loader, and in the system's library folders. The order of the fields in MuJoCo's data differs between versions: it is
/// measured on a tiny
/// model when the library is loaded, and a library on which this does not come out exactly is refused.
/// </remarks>
public sealed class MuJoCoLibrary
{
    private const int OldestVersion = 220;
    private static readonly Lazy<(MuJoCoLibrary? Library, string? Problem)> Loaded = new(() => Open(Environment.GetEnvironmentVariable(LibrarySearch.Variable)));

    private MuJoCoLibrary(string file, MuJoCoFunctions functions, DataLayout layout) => (File, Functions, Layout) = (file, functions, layout);

    /// <summary>Whether the robots can be made here.</summary>
    public static bool IsAvailable => Loaded.Value.Library is not null;

    /// <summary>What is missing, where it was looked for and what to do; null where nothing is missing.</summary>
    public static string? Problem => Loaded.Value.Problem;

    /// <summary>The library.</summary>
    /// <exception cref="DllNotFoundException">There is none, or none that can be used; the message is <see cref="Problem"/>.</exception>
    public static MuJoCoLibrary Instance => Loaded.Value.Library ?? throw new DllNotFoundException(Problem);

    /// <summary>The library's file.</summary>
    public string File { get; }

    /// <summary>The version as the library states it, such as 222 for 2.2.2.</summary>
    public int Version => Functions.Version;

    internal MuJoCoFunctions Functions { get; }

    internal DataLayout Layout { get; }

    /// <summary>Opens the first library that can be used.</summary>
    /// <param name="chosen">What <see cref="LibrarySearch.Variable"/> says.</param>
    internal static (MuJoCoLibrary? Library, string? Problem) Open(string? chosen)
    {
        List<string> refused = [];
        foreach (string file in LibrarySearch.Files(chosen))
        {
            if (TryOpen(file, refused) is MuJoCoLibrary library) return (library, null);
        }
        string looked = chosen is null
            ? "Looked in " + string.Join(", ", LibrarySearch.Folders(null))
            : $"{LibrarySearch.Variable} is set, so only {string.Join(", ", LibrarySearch.Folders(chosen))} was looked at";
        string why = refused.Count == 0 ? "" : " Refused: " + string.Join("; ", refused) + ".";
        return (null, $"The robots need the MuJoCo library, and it was not found. {LibrarySearch.Advice()} {looked}.{why}");
    }

    private static MuJoCoLibrary? TryOpen(string file, List<string> refused)
    {
        try
        {
            MuJoCoFunctions functions = new(NativeLibrary.Load(Path.GetFullPath(file)));
            if (functions.Version >= OldestVersion) return new MuJoCoLibrary(file, functions, Calibration.Run(functions, RobotModel.ReadText("Calibration")));
            refused.Add($"{file} (version {functions.Version}; {OldestVersion} is the oldest that can be used)");
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or InvalidOperationException)
        {
            refused.Add($"{file} ({exception.Message.TrimEnd('.')})");
        }
        return null;
    }
}

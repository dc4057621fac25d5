using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Jupyter.KernelSpec;

/// <summary>Writes and removes the folder that tells front ends how to start this kernel.</summary>
/// <param name="kernels">The kernels folder to work in.</param>
/// <param name="launch">The command line that starts this program, without its verb.</param>
internal sealed class KernelSpecInstaller(string kernels, IReadOnlyList<string> launch)
{
    /// <summary>.NET Interactive's name, which the kit's notebooks carry: under it they open with no question.</summary>
    public const string SharedName = ".net-csharp";

    /// <summary>The name to fall back to when another program owns <see cref="SharedName"/>.</summary>
    public const string OwnName = "ddpg-csharp";

    private const string Marker = "ddpg_kernel";

    // Shown beside the kernel's name; resources of this assembly.
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command line of the running program: its apphost, or <c>dotnet</c> and the dll.</summary>
    public static IReadOnlyList<string> OwnLaunch()
    {
        string dll = typeof(KernelSpecInstaller).Assembly.Location;
        // The dll by name, with `dotnet` found on the PATH's own terms: an apphost needs DOTNET_ROOT where .NET is not installed system-wide.
        string dotnet = DotnetHost.Find() ?? throw new KernelSpecException($"The program 'dotnet' that starts '{dll}' was not found. Set DOTNET_ROOT to the folder that holds it.");
        return [dotnet, dll];
    }

    /// <summary>Installs under the given name, or under the shared one unless it belongs to another program.</summary>
    /// <returns>The name, the folder, and whether the shared name was taken.</returns>
    /// <exception cref="KernelSpecException">The name is unusable or belongs to another program, or the folder cannot be written.</exception>
    public (string Name, string Folder, bool SharedNameTaken) Install(string? name)
    {
        bool taken = name is null && BelongsToOther(SharedName);
        string chosen = name ?? (taken ? OwnName : SharedName);
        CheckName(chosen);
        if (BelongsToOther(chosen)) throw new KernelSpecException($"A kernel named '{chosen}' is installed in '{Folder(chosen)}' and is not this one. Choose another name with --name.");
        try
        {
            Write(chosen);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KernelSpecException($"Cannot write the kernelspec to '{Folder(chosen)}': {exception.Message} Choose another place with --prefix.");
        }

        return (chosen, Folder(chosen), taken);
    }

    /// <summary>Removes this kernel's folders: the one named, or all of them.</summary>
    /// <returns>The folders removed.</returns>
    /// <exception cref="KernelSpecException">The name belongs to another program, or a folder cannot be removed.</exception>
    public IReadOnlyList<string> Uninstall(string? name)
    {
        if (name is not null) CheckName(name);
        if (name is not null && BelongsToOther(name)) throw new KernelSpecException($"The kernel '{name}' in '{Folder(name)}' is not this one; it was left alone.");
        if (!Directory.Exists(kernels)) return [];
        string[] ours = [.. Directory.GetDirectories(kernels).Where(IsOurs).Where(folder => name is null || Path.GetFileName(folder) == name).Order(StringComparer.Ordinal)];
        try
        {
            foreach (string folder in ours) Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KernelSpecException($"Cannot remove the kernelspec: {exception.Message}");
        }

        return ours;
    }

    private string Folder(string name) => Path.Combine(kernels, name);

    private bool BelongsToOther(string name) => Directory.Exists(Folder(name)) && !IsOurs(Folder(name));

    private static bool IsOurs(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))?["metadata"]?[Marker] is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // What cannot be read as ours is not ours.
            return false;
        }
    }

    // A new folder that takes the old one's place: a front end never sees half a kernelspec.
    private void Write(string name)
    {
        Directory.CreateDirectory(kernels);
        string temporary = Path.Combine(kernels, $"{name}.{Environment.ProcessId}.new");
        Directory.CreateDirectory(temporary);
        File.WriteAllText(Path.Combine(temporary, "kernel.json"), Specification().ToJsonString(Json) + "\n");
        foreach (string logo in Logos)
        {
            using FileStream file = File.Create(Path.Combine(temporary, logo));
            using Stream picture = typeof(KernelSpecInstaller).Assembly.GetManifestResourceStream(logo)!;
            picture.CopyTo(file);
        }

        if (Directory.Exists(Folder(name))) Directory.Delete(Folder(name), recursive: true);
        Directory.Move(temporary, Folder(name));
    }

    private JsonObject Specification() => new()
    {
        ["argv"] = new JsonArray([.. launch.Append("start").Append("{connection_file}").Select(argument => (JsonNode)argument)]),
        ["display_name"] = ".NET (C#)",
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["env"] = new JsonObject { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        ["metadata"] = new JsonObject { ["debugger"] = false, [Marker] = true },
    };

    private static void CheckName(string name)
    {
        if (name.Length == 0 || name is "." or ".." || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new KernelSpecException($"'{name}' cannot name a kernel: use letters, digits, '.', '-' and '_' only.");
    }
}

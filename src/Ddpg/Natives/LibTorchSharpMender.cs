using System.Buffers.Binary;
using System.Text;

namespace Ddpg.Natives;

/// <summary>
/// Makes TorchSharp's <c>libLibTorchSharp.so</c> loadable where the C++ runtime is older than GCC 13's (Debian 12, Ubuntu 22.04): of <c>GLIBCXX_3.4.32</c> the library needs one symbol,
/// <c>std::ios_base_library_init()</c>, which the header <c>&lt;iostream&gt;</c> of GCC 13 names so that the runtime sets up <c>std::cout</c> and its like.
/// </summary>
/// <remarks>
/// In a copy, that symbol takes the name of <c>std::ios_base::Init::Init()</c>, which older runtimes have and which is just as good as something to be linked with,
/// and the version it is looked up in becomes <c>GLIBCXX_3.4</c>. Nothing else changes. The package's own file is never written: it may be hard-linked to.
/// </remarks>
internal static class LibTorchSharpMender
{
    /// <summary>The version that older C++ runtimes lack.</summary>
    public const string MissingVersion = "GLIBCXX_3.4.32";

    private const string OlderVersion = "GLIBCXX_3.4", MissingSymbol = "_ZSt21ios_base_library_initv", OlderSymbol = "_ZNSt8ios_base4InitC1Ev";

    /// <summary>Writes a mended copy of <paramref name="library"/>. Under a name of its own first, so that another process sees all of it or nothing, and two that do it at once do no harm.</summary>
    /// <exception cref="InvalidDataException">The file is not one that this can mend; the message says what is different. Nothing is written.</exception>
    public static void Mend(string library, string copy)
    {
        byte[] mended;
        try
        {
            mended = Mend(File.ReadAllBytes(library));
        }
        catch (InvalidDataException unknown)
        {
            throw new InvalidDataException($"{library} cannot be made to load without {MissingVersion}: {unknown.Message}.", unknown);
        }
        string temporary = $"{copy}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, mended);
            File.Move(temporary, copy, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The mended content; <paramref name="library"/> itself stays as it is.</summary>
    /// <exception cref="InvalidDataException">The content is not what this can mend.</exception>
    public static byte[] Mend(byte[] library)
    {
        byte[] mended = [.. library];
        var elf = new ElfLibrary(mended);
        ElfLibrary.NeededVersion missing = Only(elf.Needed.Where(version => elf.Text(version.NameAt) == MissingVersion), $"needs {MissingVersion}");
        // Several libraries may have versions of one name; the runtime's are all GLIBCXX_.
        ElfLibrary.NeededVersion older = Only(elf.Needed.Where(version => elf.Text(version.NameAt) == OlderVersion), $"needs {OlderVersion}");
        ElfLibrary.Symbol symbol = Only(elf.Symbols.Where(symbol => symbol.Version == missing.Index), $"symbol of {MissingVersion}");
        if (!symbol.Undefined || elf.Text(symbol.NameAt) != MissingSymbol) throw new InvalidDataException($"{elf.Text(symbol.NameAt)} of {MissingVersion} is not known here");
        // A linker may let one name be the end of another.
        int end = symbol.NameAt + MissingSymbol.Length;
        if (elf.Symbols.Any(other => other.Index != symbol.Index && other.NameAt >= symbol.NameAt && other.NameAt < end)) throw new InvalidDataException($"another symbol shares the name {MissingSymbol}");

        Span<byte> name = mended.AsSpan(symbol.NameAt, MissingSymbol.Length);
        name.Clear();
        Encoding.ASCII.GetBytes(OlderSymbol, name);
        mended.AsSpan(older.At, sizeof(uint)).CopyTo(mended.AsSpan(missing.At));
        BinaryPrimitives.WriteUInt32LittleEndian(mended.AsSpan(missing.At + 8), elf.InStringTable(older.NameAt));
        return mended;
    }

    private static T Only<T>(IEnumerable<T> found, string what)
    {
        T[] all = [.. found];
        return all.Length == 1 ? all[0] : throw new InvalidDataException($"{all.Length} × {what}, not once");
    }
}

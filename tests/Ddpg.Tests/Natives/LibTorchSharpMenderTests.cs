using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Ddpg.Natives;

namespace Ddpg.Tests.Natives;

/// <summary>The copy of TorchSharp's library for older C++ runtimes, on the package's own file and on damaged ones.</summary>
public sealed class LibTorchSharpMenderTests : IDisposable
{
    private const string MissingSymbol = "_ZSt21ios_base_library_initv";

    private readonly string _folder = Directory.CreateTempSubdirectory("mender").FullName;

    /// <summary>The package's file; only a build on Linux has one.</summary>
    private static string Library
    {
        get
        {
            string? library = TorchNatives.Folder is null ? null : Path.Combine(TorchNatives.Folder, "libLibTorchSharp.so");
            Skip.IfNot(File.Exists(library), "no libLibTorchSharp.so: this is not Linux");
            return library!;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void The_copy_needs_no_newer_runtime_and_differs_in_the_name_and_the_version_only()
    {
        byte[] original = File.ReadAllBytes(Library), mended = LibTorchSharpMender.Mend(original);
        ElfLibrary before = new(original), after = new(mended);
        Assert.Contains(LibTorchSharpMender.MissingVersion, before.Needed.Select(version => before.Text(version.NameAt)));
        Assert.DoesNotContain(LibTorchSharpMender.MissingVersion, after.Needed.Select(version => after.Text(version.NameAt)));

        ElfLibrary.Symbol renamed = Assert.Single(before.Symbols, symbol => before.Text(symbol.NameAt) == MissingSymbol);
        Assert.Equal("_ZNSt8ios_base4InitC1Ev", after.Text(after.Symbols[renamed.Index].NameAt));
        ElfLibrary.NeededVersion version = Assert.Single(after.Needed, version => version.Index == renamed.Version);
        Assert.Equal("GLIBCXX_3.4", after.Text(version.NameAt));
        Assert.Equal(ElfHash("GLIBCXX_3.4"), BinaryPrimitives.ReadUInt32LittleEndian(mended.AsSpan(version.At)));
        Assert.Equal(original.Length, mended.Length);
        Assert.All(Enumerable.Range(0, original.Length).Where(at => original[at] != mended[at]), at => Assert.True(
            (at >= renamed.NameAt && at < renamed.NameAt + MissingSymbol.Length) || (at >= version.At && at < version.At + 16), $"byte {at} changed"));
    }

    /// <summary>In a process of its own, because this one has loaded the library already.</summary>
    [SkippableFact]
    public void The_copy_loads_where_the_packages_file_may_not()
    {
        string copy = Path.Combine(_folder, "libLibTorchSharp.so");
        LibTorchSharpMender.Mend(Library, copy);
        const string load = "import ctypes, sys\nfor path in sys.argv[1:]: ctypes.CDLL(path)\nprint(ctypes.CDLL(sys.argv[-1]).THSTorch_get_num_threads() > 0)";
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        // The libraries that it needs first: they do not lie beside this copy.
        foreach (string argument in (string[])["-c", load, .. new[] { "c10", "torch_cpu", "torch" }.Select(name => Path.Combine(TorchNatives.Folder!, $"lib{name}.so")), copy])
            start.ArgumentList.Add(argument);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "no python3");
        }
        using (process!)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(output.Trim() == "True", output + errors.Result);
        }
    }

    [SkippableFact]
    public void Two_at_once_write_one_whole_copy_and_leave_nothing_else_and_the_original_alone()
    {
        string original = Path.Combine(_folder, "original.so"), copy = Path.Combine(_folder, "copy.so");
        File.Copy(Library, original);
        byte[] content = File.ReadAllBytes(original);
        Parallel.For(0, 8, _ => LibTorchSharpMender.Mend(original, copy));
        Assert.Equal(["copy.so", "original.so"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(LibTorchSharpMender.Mend(content), File.ReadAllBytes(copy));
        Assert.Equal(content, File.ReadAllBytes(original));
    }

    [SkippableFact]
    public void A_mended_file_is_refused_because_there_is_nothing_to_mend()
    {
        string again = Path.Combine(_folder, "again.so"), mended = Path.Combine(_folder, "mended.so");
        LibTorchSharpMender.Mend(Library, mended);
        var refused = Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(mended, again));
        Assert.Contains("needs GLIBCXX_3.4.32", refused.Message, StringComparison.Ordinal);
        Assert.Contains(mended, refused.Message, StringComparison.Ordinal);
        Assert.Equal([mended], Directory.GetFiles(_folder));
    }

    [SkippableFact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        byte[] library = File.ReadAllBytes(Library);
        int[] lengths = [0, 1, 4, 63, 64, 65, library.Length / 2, library.Length - 64, library.Length - 1];
        Assert.All(lengths, length => Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(library[..length])));
    }

    [SkippableTheory]
    [InlineData(18, 183, "machine 183")] // AArch64
    [InlineData(16, 2, "type 2")] // a program
    [InlineData(4, 1, "64-bit")] // 32-bit
    [InlineData(5, 2, "little-endian")]
    [InlineData(0, 0, "ELF")]
    public void A_file_for_another_machine_is_refused(int at, byte value, string said)
    {
        byte[] library = File.ReadAllBytes(Library);
        library[at] = value;
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(library)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Another_symbol_of_that_version_is_refused()
    {
        byte[] library = File.ReadAllBytes(Library);
        int at = library.AsSpan().IndexOf(Encoding.ASCII.GetBytes(MissingSymbol));
        library[at + 6] ^= 1;
        Assert.Contains("is not known here", Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(library)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_second_symbol_of_that_version_is_refused()
    {
        byte[] library = File.ReadAllBytes(Library);
        var elf = new ElfLibrary(library);
        ElfLibrary.Symbol missing = elf.Symbols.Single(symbol => elf.Text(symbol.NameAt) == MissingSymbol);
        int versions = library.AsSpan().IndexOf(VersionTable(elf));
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(versions + (2 * (missing.Index == 1 ? 2 : 1))), (ushort)missing.Version);
        Assert.Contains("2 × symbol", Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(library)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Another_library_is_refused()
    {
        byte[] other = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Library)!, "libc10.so"));
        Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(other));
    }

    [Fact]
    public void Random_bytes_are_refused_with_and_without_the_head_of_a_library()
    {
        var random = new Random(1);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] bytes = new byte[random.Next(4_096)];
            random.NextBytes(bytes);
            if (round % 2 == 1 && bytes.Length > 64)
            {
                new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(bytes, 0);
                (bytes[16], bytes[17], bytes[18], bytes[19], bytes[58], bytes[59], bytes[61]) = (3, 0, 62, 0, 64, 0, 0);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), (ulong)random.Next(bytes.Length));
            }
            Assert.Throws<InvalidDataException>(() => LibTorchSharpMender.Mend(bytes));
        }
    }

    /// <summary>Damage anywhere in what is read may be refused or be without effect; it never ends in another exception or in no end.</summary>
    [SkippableFact]
    public void Damaged_headers_and_tables_are_refused_in_words_or_do_no_harm()
    {
        byte[] library = File.ReadAllBytes(Library);
        var random = new Random(2);
        int sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(library.AsSpan(40));
        ElfLibrary.NeededVersion[] needed = [.. new ElfLibrary(library).Needed];
        for (int round = 0; round < 300; round++)
        {
            int at = (round % 3) switch
            {
                0 => random.Next(64),
                1 => random.Next(sections, library.Length),
                _ => needed[random.Next(needed.Length)].At + random.Next(16),
            };
            byte whole = library[at];
            library[at] ^= (byte)random.Next(1, 256);
            Exception? thrown = Record.Exception(() => LibTorchSharpMender.Mend(library));
            Assert.True(thrown is null or InvalidDataException, $"byte {at}: {thrown}");
            library[at] = whole;
        }
    }

    private static byte[] VersionTable(ElfLibrary elf)
    {
        // The hidden bit is not kept, so only as many symbols as have none of it: enough to be found.
        byte[] table = new byte[2 * 64];
        for (int index = 0; index < 64; index++) BinaryPrimitives.WriteUInt16LittleEndian(table.AsSpan(2 * index), (ushort)elf.Symbols[index].Version);
        return table;
    }

    /// <summary>The hash by which versions are found, written from the System V ABI.</summary>
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (char letter in name)
        {
            hash = (hash << 4) + letter;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }
        return hash;
    }
}

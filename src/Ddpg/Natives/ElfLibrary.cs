using System.Buffers.Binary;
using System.Text;

namespace Ddpg.Natives;

/// <summary>The parts of a 64-bit ELF library (x86-64) that say what it needs of other libraries. Read by section type; every offset that the file names is checked against the file's length.</summary>
/// <remarks>Layout: System V ABI, chapter "Object Files", and the Linux Standard Base, "Symbol Versioning".</remarks>
internal sealed class ElfLibrary
{
    private const int HeaderSize = 64, SectionHeaderSize = 64, SymbolSize = 24, NeedSize = 16, NeededVersionSize = 16;
    private const uint DynamicSymbols = 11, VersionOfSymbol = 0x6fffffff, VersionsNeeded = 0x6ffffffe;

    private readonly byte[] _file;
    private readonly Section _strings;

    private readonly record struct Section(uint Type, int Offset, int Size, uint Link);

    /// <param name="Index">Of the symbol in its table.</param>
    /// <param name="NameAt">Where its name begins in the file.</param>
    /// <param name="Undefined">Whether another library must supply it.</param>
    /// <param name="Version">Index of the version it was linked with; <see cref="NeededVersion.Index"/> of one of the versions needed.</param>
    internal readonly record struct Symbol(int Index, int NameAt, bool Undefined, int Version);

    /// <param name="At">Where the entry begins in the file: hash (4 bytes), flags (2), index (2), name (4, offset in the string table), distance to the next (4).</param>
    /// <param name="NameAt">Where its name begins in the file.</param>
    /// <param name="Index">By which symbols name this version.</param>
    internal readonly record struct NeededVersion(int At, int NameAt, int Index);

    /// <summary>Reads the tables of <paramref name="file"/>, which stays the caller's.</summary>
    /// <exception cref="InvalidDataException">This is no ELF library for x86-64 with symbol versions, or it ends before something it names.</exception>
    public ElfLibrary(byte[] file)
    {
        _file = file;
        ReadOnlySpan<byte> header = At(0, HeaderSize);
        if (!header[..4].SequenceEqual("\u007FELF"u8) || header[4] != 2 || header[5] != 1) throw new InvalidDataException("not a 64-bit little-endian ELF file");
        if (UInt16(16) != 3 || UInt16(18) != 62) throw new InvalidDataException($"not a shared library for x86-64 (type {UInt16(16)}, machine {UInt16(18)})");
        if (UInt16(58) != SectionHeaderSize) throw new InvalidDataException($"section headers of {UInt16(58)} bytes, not {SectionHeaderSize}");
        int table = Offset(40), count = UInt16(60);
        Section[] sections = [.. Enumerable.Range(0, count).Select(index => ReadSection(table + (index * SectionHeaderSize)))];

        Section symbols = Single(sections, DynamicSymbols), versions = Single(sections, VersionOfSymbol), needs = Single(sections, VersionsNeeded);
        if (symbols.Link >= count || needs.Link != symbols.Link) throw new InvalidDataException("symbols and versions have no string table in common");
        _strings = sections[symbols.Link];
        if (symbols.Size / SymbolSize != versions.Size / sizeof(ushort)) throw new InvalidDataException("not one version for each symbol");
        Symbols = ReadSymbols(symbols, versions);
        Needed = ReadNeeded(needs);
    }

    /// <summary>The dynamic symbols, in the file's order.</summary>
    public IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>The versions that the library needs of others, in the file's order.</summary>
    public IReadOnlyList<NeededVersion> Needed { get; }

    /// <summary>The offset of a place of the file within the string table, as entries name it.</summary>
    public uint InStringTable(int at) => (uint)(at - _strings.Offset);

    /// <summary>The zero-terminated text at a place of the string table.</summary>
    public string Text(int at)
    {
        ReadOnlySpan<byte> rest = _file.AsSpan(at, _strings.Offset + _strings.Size - at);
        int end = rest.IndexOf((byte)0);
        if (end < 0) throw new InvalidDataException("a name that does not end");
        return Encoding.ASCII.GetString(rest[..end]);
    }

    private List<Symbol> ReadSymbols(Section symbols, Section versions)
    {
        var read = new List<Symbol>(symbols.Size / SymbolSize);
        for (int index = 0; index < symbols.Size / SymbolSize; index++)
        {
            int at = symbols.Offset + (index * SymbolSize);
            read.Add(new(index, NameAt(at), UInt16(at + 6) == 0, UInt16(versions.Offset + (index * sizeof(ushort))) & 0x7fff));
        }
        return read;
    }

    private List<NeededVersion> ReadNeeded(Section needs)
    {
        var read = new List<NeededVersion>();
        // Both lists are chained by distances; what points backwards or nowhere would go round for ever.
        for (long library = needs.Offset, next = 1; next != 0; library += next)
        {
            next = UInt32(Within(needs, library, NeedSize) + 12);
            for (long version = library + UInt32((int)library + 8), step = 1; step != 0; version += step)
            {
                int at = Within(needs, version, NeededVersionSize);
                read.Add(new(at, NameAt(at + 8), UInt16(at + 6)));
                step = UInt32(at + 12);
            }
        }
        return read;
    }

    private Section ReadSection(long at)
    {
        _ = At(at, SectionHeaderSize);
        uint type = UInt32((int)at + 4);
        const uint noBits = 8, unused = 0;
        if (type is unused or noBits) return new(type, 0, 0, 0);
        var section = new Section(type, Offset((int)at + 24), Offset((int)at + 32), UInt32((int)at + 40));
        _ = At(section.Offset, section.Size);
        return section;
    }

    private static Section Single(Section[] sections, uint type)
    {
        Section[] found = [.. sections.Where(section => section.Type == type)];
        return found.Length == 1 ? found[0] : throw new InvalidDataException($"{found.Length} sections of type 0x{type:x}, not one");
    }

    private static int Within(Section section, long at, int length) =>
        at >= section.Offset && at + length <= section.Offset + section.Size ? (int)at : throw new InvalidDataException("the versions needed point outside their section");

    private int NameAt(int at)
    {
        uint name = UInt32(at);
        return name < _strings.Size ? _strings.Offset + (int)name : throw new InvalidDataException("a name outside the string table");
    }

    private int Offset(int at)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(At(at, sizeof(ulong)));
        return value <= (ulong)_file.Length ? (int)value : throw new InvalidDataException($"the file ends at {_file.Length} and names byte {value}");
    }

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(At(at, sizeof(ushort)));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(At(at, sizeof(uint)));

    private ReadOnlySpan<byte> At(long at, int length) =>
        at + length <= _file.Length ? _file.AsSpan((int)at, length) : throw new InvalidDataException($"the file ends at {_file.Length} and names byte {at + length}");
}

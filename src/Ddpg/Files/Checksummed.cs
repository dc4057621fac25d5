using System.Security.Cryptography;

namespace Ddpg.Files;

/// <summary>A file that begins with a mark and a version and ends with the SHA-256 of all that comes before it.</summary>
internal static class Checksummed
{
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> mark, int version, Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(mark);
        writer.Write(version);
        write(writer);
        writer.Flush();
        ReadOnlyMemory<byte> content = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(content.Span);
            stream.Write(SHA256.HashData(content.Span));
        });
    }

    /// <summary>Reads it, after its mark and version.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file, of another version, or damaged; the message says which.</exception>
    public static BinaryReader Read(string path, ReadOnlySpan<byte> mark, int version, string kind)
    {
        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> content = file.AsSpan(0, Math.Max(0, file.Length - HashSize));
        if (content.Length < mark.Length + sizeof(int) || !content.StartsWith(mark))
            throw new InvalidDataException($"'{path}' is not {kind}.");
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file.AsSpan(content.Length)))
            throw new InvalidDataException($"'{path}' is damaged: its checksum does not match its content.");
        var reader = new BinaryReader(new MemoryStream(file, mark.Length, content.Length - mark.Length));
        int found = reader.ReadInt32();
        return found == version ? reader : throw new InvalidDataException($"'{path}' has format {found}; this version of the kit reads format {version}.");
    }
}

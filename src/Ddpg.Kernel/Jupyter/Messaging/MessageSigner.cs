using System.Security.Cryptography;
using System.Text;

namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>Signs the four JSON parts of a message and checks signatures. Used from several threads.</summary>
/// <param name="key">The connection file's key; empty switches signing off.</param>
internal sealed class MessageSigner(string key)
{
    public const string Scheme = "hmac-sha256";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The signature as 64 lower-case hexadecimal digits, or nothing without a key.</summary>
    public byte[] Sign(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (_key.Length == 0) return [];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (ReadOnlyMemory<byte> part in parts) hmac.AppendData(part.Span);
        hmac.GetHashAndReset(hash);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash));
    }

    /// <summary>Whether the signature is that of the parts, in a time that does not tell how much of it is right.</summary>
    public bool Verify(ReadOnlySpan<byte> signature, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (_key.Length == 0) return true;
        // A signature's length is public; a wrong one is refused before anything is hashed.
        return signature.Length == 2 * HMACSHA256.HashSizeInBytes && CryptographicOperations.FixedTimeEquals(signature, Sign(parts));
    }
}

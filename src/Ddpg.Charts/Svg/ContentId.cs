using System.Security.Cryptography;
using System.Text;

namespace Ddpg.Charts;

/// <summary>Ids made of what they name: the same chart has the same id in every run, different charts on one page do not clash.</summary>
internal static class ContentId
{
    public static string Of(string content) => "chart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 5));
}

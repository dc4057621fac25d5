using Ddpg.SignatureText;

namespace Ddpg.Tensors.Tests.Embedded;

[Trait("Speed", "tiny")]
public class SignatureTests
{
    [Fact]
    public void Every_public_member_exists_in_TorchSharp_with_the_same_signature()
    {
        string[] recorded = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "signatures.txt"));
        List<string> missing = SignatureComparison.Missing(typeof(torch).Assembly, "TorchSharp", recorded);
        Assert.True(missing.Count == 0,
            $"{missing.Count} members of Ddpg.Tensors are not in the recorded signatures of TorchSharp. New here? Record again (Golden/SignatureRecorder/Program.cs gives " +
            $"the command); what is still listed then does not exist upstream as written:\n{string.Join("\n", missing)}");
    }

    [Fact]
    public void Nothing_is_public_outside_upstreams_namespace()
    {
        Type[] strangers = [.. typeof(torch).Assembly.GetExportedTypes().Where(t => t.Namespace is null || !(t.Namespace + ".").StartsWith("TorchSharp.", StringComparison.Ordinal))];
        Assert.Empty(strangers);
    }
}

using Ddpg.Agents;
using TorchSharp;

namespace Ddpg.Tests.Agents;

/// <summary>What a machine without a CUDA card can show of the choice of device.</summary>
[Trait("Speed", "tiny")]
public sealed class DeviceTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("")]
    public void A_name_that_no_device_has_is_refused_with_the_known_ones(string name) =>
        Assert.Contains("cpu, cuda, or cuda:N", Assert.Throws<ArgumentException>(() => Hyperparameters.Post with { Device = name }).Message);

    [Fact]
    public void The_fused_update_is_refused_on_a_card() =>
        Assert.Contains("set UpdateBy to Autograd", Assert.Throws<InvalidOperationException>(() => UpdateTests.Agent(Hyperparameters.Post with { Device = "cuda" })).Message);

    [SkippableFact]
    public void Where_there_is_no_card_the_error_names_both_switches()
    {
        Skip.If(torch.cuda.is_available(), "there is a CUDA card here");
        string message = Assert.Throws<InvalidOperationException>(() => UpdateTests.Agent(Hyperparameters.Post with { Device = "cuda:1", UpdateBy = UpdateMethod.Autograd })).Message;
        Assert.Contains("--device cpu", message);
        Assert.Contains("-p:Cuda=true", message);
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Ddpg.Tensors.Tests.Gradients;

/// <summary>Every differentiable operation against central differences in float64, over random shapes, broadcasting, zero-sized dimensions and transposed views.</summary>
public class GradientTests
{
    public static TheoryData<string> Names() => [.. DifferentiableOperations.All.Select(o => o.Name).Where(name => !LibTorch.Fails(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_equals_the_central_difference(string name)
    {
        DifferentiableOperation operation = DifferentiableOperations.All.Single(o => o.Name == name);
        Prop.ForAll(Layout.Arbitrary, layout =>
            CentralDifferences.Check(name, x => operation.Function(x, layout), operation.Shapes(layout), operation.Domain, layout)).Check(Layout.Config(25));
    }
}

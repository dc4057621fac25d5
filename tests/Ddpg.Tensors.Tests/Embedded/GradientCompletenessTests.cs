using System.Reflection;
using Ddpg.Tensors.Tests.Gradients;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>An operation cannot join the engine without a gradient check (or a place in the list of those that have no gradient, with the reason).</summary>
[Trait("Speed", "tiny")]
public class GradientCompletenessTests
{
    private static readonly Dictionary<string, string> WithoutGradient = new()
    {
        ["make a new tensor"] = "arange empty empty_like eye from_array full full_like linspace normal ones ones_like rand rand_like randint randn randn_like randperm tensor zeros zeros_like frombuffer as_tensor bernoulli multinomial logspace new_full new_zeros op_Implicit get_rng_state",
        ["give truth values or whole numbers"] = "all any argmax argmin argsort bincount eq equal ge gt isclose isfinite isinf isnan isneginf isposinf le logical_and logical_not logical_or logical_xor lt ne nonzero "
            + "op_GreaterThan op_GreaterThanOrEqual op_LessThan op_LessThanOrEqual count_nonzero signbit bool long int byte less less_equal not_equal op_BitwiseAnd op_BitwiseOr op_Equality op_ExclusiveOr op_Inequality op_OnesComplement",
        ["have a gradient of zero wherever they have one"] = "floor ceil trunc floor_ ceil_ trunc_ round round_ floor_divide sgn",
        ["change values that no graph sees, or refuse to"] = "normal_ uniform_ random_ bernoulli_ requires_grad_ with_requires_grad set_",
        ["initialise"] = "constant_ eye_ kaiming_normal_ kaiming_uniform_ ones_ orthogonal_ xavier_normal_ xavier_uniform_ zeros_ glorot_normal_ glorot_uniform_ trunc_normal_ sparse_ dirac_",
        ["move between scopes, places and stacks without touching values"] = "DetachFromDisposeScope MoveToOtherDisposeScope MoveToOuterDisposeScope cpu cuda load Load save alias with WrappedTensorDisposeScope",
        ["cut or inspect the graph"] = "detach detach_ grad get_state",
        ["round to float32, where differences are too coarse (recorded values check it)"] = "float",
        ["join parameters by operations that are checked"] = "parameters_to_vector",
        ["clip gradients themselves"] = "clip_grad_norm_ clip_grad_value_",
    };

    private static readonly HashSet<string> Excused = [.. WithoutGradient.Values.SelectMany(names => names.Split(' '))];

    private static readonly HashSet<string> Checked = [.. DifferentiableOperations.All.SelectMany(o => o.Members)];

    [Fact]
    public void Every_operation_has_a_gradient_check()
    {
        string[] missing = [.. Operations().Where(name => !Checked.Contains(name) && !Excused.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"Without an entry in Gradients/DifferentiableOperations*.cs: {string.Join(" ", missing)}");
    }

    [Fact]
    public void The_list_of_checks_names_only_members_that_exist()
    {
        HashSet<string> existing = [.. Operations()];
        Assert.Empty(Checked.Where(name => !existing.Contains(name)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Operations()
    {
        Assembly assembly = typeof(torch).Assembly;
        Type[] holders = [.. assembly.GetExportedTypes().Where(t => t == typeof(Tensor) || (t.FullName!.StartsWith("TorchSharp.torch", StringComparison.Ordinal) && t.IsAbstract && t.IsSealed))];
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> methods = holders.SelectMany(h => h.GetMethods(flags)).Where(m => GivesTensors(m.ReturnType) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))).Select(m => m.Name);
        IEnumerable<string> properties = holders.SelectMany(h => h.GetProperties(flags)).Where(p => GivesTensors(p.PropertyType)).Select(p => p.GetIndexParameters().Length > 0 ? "this" : p.Name);
        IEnumerable<string> modules = assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(torch.nn.Module)) && !t.IsAbstract && !t.IsGenericTypeDefinition
            && t.GetMethods(flags).Any(m => m.Name is "forward" or "call" && m.ReturnType == typeof(Tensor))).Select(t => t.Name);
        return methods.Concat(properties).Concat(modules);
    }

    private static bool GivesTensors(Type type) => type == typeof(Tensor) || type == typeof(Tensor[])
        || (type.IsConstructedGenericType && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) && type.GetGenericArguments().Any(a => a == typeof(Tensor)));
}

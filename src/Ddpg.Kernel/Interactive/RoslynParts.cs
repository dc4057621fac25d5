using System.Composition.Hosting;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Ddpg.Kernel.Interactive;

/// <summary>
/// The parts that Roslyn's editor services are composed of. Not <see cref="MefHostServices.DefaultHost"/>, which loads every type of four assemblies to look for
/// them and also takes what no notebook asks for: half a second of the reader's first completion.
/// </summary>
internal static partial class RoslynParts
{
    private static readonly string[] Assemblies =
        ["Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "Microsoft.CodeAnalysis.Features", "Microsoft.CodeAnalysis.CSharp.Features"];

    private static readonly Lazy<CompositionHost> Container = new(() => new ContainerConfiguration().WithParts(Assemblies.SelectMany(PartsOf)).CreateContainer());

    internal static HostServices Services => MefHostServices.Create(Container.Value);

    internal static object Export(Type type) => Container.Value.GetExport(type);

    private static List<Type> PartsOf(string name)
    {
        var assembly = Assembly.Load(name);
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.TypeDefinitions.Where(type => IsPart(reader, reader.GetTypeDefinition(type))).Select(type => assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(type)))];
    }

    private static bool IsPart(MetadataReader reader, TypeDefinition type) =>
        !Unasked().IsMatch(reader.GetString(type.Name)) && type.GetCustomAttributes().Any(attribute => NameOf(reader, reader.GetCustomAttribute(attribute).Constructor).StartsWith("Export", StringComparison.Ordinal));

    private static string NameOf(MetadataReader reader, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind == HandleKind.MethodDefinition
            ? reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            : reader.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        return type.Kind switch
        {
            HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name),
            _ => "",
        };
    }

    [GeneratedRegex("^Pythia|(Snippet|Import|Embedded|DeclarationName|Operator|Await).*CompletionProvider$")]
    private static partial Regex Unasked();
}

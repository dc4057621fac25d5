using System.Globalization;
using System.Xml;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>The XML documentation of an assembly, read when it is first asked for; nothing where no file is there.</summary>
internal sealed class XmlDocumentation(params IReadOnlyList<string> files) : DocumentationProvider
{
    private readonly Lazy<Dictionary<string, string>> _members = new(() => Read(files));

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override string GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.Value.GetValueOrDefault(documentationMemberID, "");

    private static Dictionary<string, string> Read(IReadOnlyList<string> files)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files.Where(File.Exists))
        {
            try
            {
                using var reader = XmlReader.Create(file);
                while (!reader.EOF)
                {
                    if (reader is { NodeType: XmlNodeType.Element, Name: "member" } && reader.GetAttribute("name") is { } id) members[id] = reader.ReadOuterXml();
                    else reader.Read();
                }
            }
            catch (XmlException)
            {
                // Documentation that cannot be read is no documentation; the members read so far stand.
                continue;
            }
        }

        return members;
    }
}

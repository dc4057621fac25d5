namespace XPlot.Plotly;

/// <summary>Notebook kernels find this attribute by its name, so that a type can say how it is shown without referring to any kernel.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType => formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

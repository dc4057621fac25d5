namespace XPlot.Plotly;

/// <summary>The name that <c>new Layout.Layout { … }</c> starts with, as upstream has it.</summary>
public abstract class Layout : LayoutNesting
{
    private Layout()
    {
    }
}

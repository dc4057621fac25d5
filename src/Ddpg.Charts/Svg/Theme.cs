namespace Ddpg.Charts;

/// <summary>Colours and sizes of the charts, the same in the Plotly template and in the static picture.</summary>
internal static class Theme
{
    public const string FontFamily = "'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
    public const double FontSize = 13;
    public const double TitleSize = 17;

    public const string Background = "#ffffff";
    public const string Text = "#2b2f36";
    public const string Muted = "#565d68";
    public const string Grid = "#e4e7eb";
    public const string Axis = "#9aa1ab";
    public const string ZeroLine = "#c3c9d1";

    private const string DarkBackground = "#1c1e22";
    private const string DarkText = "#e6e8ec";
    private const string DarkMuted = "#aeb4be";
    private const string DarkGrid = "#33373e";
    private const string DarkAxis = "#747b85";
    private const string DarkZeroLine = "#4d535c";

    /// <summary>
    /// After Okabe and Ito's palette for colour-blind readers, with the light colours darkened: each keeps a contrast of 3:1 against the light and the dark background.
    /// </summary>
    public static readonly IReadOnlyList<string> Colours = ["#0072b2", "#d55e00", "#009e73", "#c0619a", "#a97b00", "#3a93cb", "#7d7f86"];

    public static string Colour(int index) => Colours[index % Colours.Count];

    /// <summary>What the page's style sheet changes when the reader prefers dark. The classic Jupyter page is light whatever the system prefers.</summary>
    public static string DarkStyle(string id)
    {
        string at = $":root:not(:has(.notebook_app)) #{id}";
        return "@media (prefers-color-scheme:dark){" +
            $"{at} .bg{{fill:{DarkBackground}}}{at} .fg{{fill:{DarkText}}}{at} .mu{{fill:{DarkMuted}}}" +
            $"{at} .gr{{stroke:{DarkGrid}}}{at} .ax{{stroke:{DarkAxis}}}{at} .ze{{stroke:{DarkZeroLine}}}{at} .fs{{stroke:{DarkText}}}}}";
    }

    private const string AxisTemplate = $$"""
        {"gridcolor":"{{Grid}}","zerolinecolor":"{{ZeroLine}}","zerolinewidth":1,"linecolor":"{{Axis}}","showline":true,"ticks":"outside","ticklen":4,"tickcolor":"{{Axis}}",
        "tickfont":{"color":"{{Muted}}","size":12},"automargin":true,"title":{"standoff":10,"font":{"size":13.5} },"separatethousands":true,"exponentformat":"SI","minexponent":5}
        """;

    private const string BarTemplate = """
        {"title":{"side":"right","font":{"size":12}},"tickfont":{"size":12},"thickness":14,"len":1,"outlinewidth":0,"separatethousands":true,"exponentformat":"SI","minexponent":5}
        """;

    // plotly.js would choose a red and blue scale for values of both signs, which says "zero is special" where it is not.
    private const string ScaleTemplate = $$"""{"colorscale":"Viridis","autocolorscale":false,"colorbar":{{BarTemplate}} }""";

    private const string SceneAxisTemplate = $$"""{"gridcolor":"{{Grid}}","backgroundcolor":"{{Background}}","zerolinecolor":"{{ZeroLine}}","tickfont":{"color":"{{Muted}}","size":11} }""";

    /// <summary>The same theme for plotly.js, as <c>layout.template</c>: it yields to everything that the chart itself sets.</summary>
    public static readonly string TemplateJson = $$$"""
        {"layout":{"font":{"family":"{{{FontFamily}}}","size":13,"color":"{{{Text}}}"},
        "title":{"x":0,"xref":"paper","xanchor":"left","y":1,"yref":"container","yanchor":"top","pad":{"t":16},"font":{"size":17,"weight":600}},
        "colorway":["{{{string.Join("\",\"", Colours)}}}"],"paper_bgcolor":"{{{Background}}}","plot_bgcolor":"{{{Background}}}","hovermode":"closest",
        "legend":{"orientation":"h","x":0,"xanchor":"left","y":1.02,"yanchor":"bottom"},
        "xaxis":{{{AxisTemplate}}},"yaxis":{{{AxisTemplate}}},
        "scene":{"xaxis":{{{SceneAxisTemplate}}},"yaxis":{{{SceneAxisTemplate}}},"zaxis":{{{SceneAxisTemplate}}} } },
        "data":{"heatmap":[{{{ScaleTemplate}}}],"contour":[{{{ScaleTemplate}}}],"histogram2d":[{{{ScaleTemplate}}}],"surface":[{{{ScaleTemplate}}}],
        "scatter":[{"marker":{"colorbar":{{{BarTemplate}}} } }],"histogram":[{"marker":{"line":{"width":1,"color":"{{{Background}}}"} } }] } }
        """.ReplaceLineEndings("");
}

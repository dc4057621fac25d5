namespace Ddpg.Charts;

/// <summary>Turns what XPlot.Plotly writes, the JSON of plotly.js 1, into what plotly.js 3 and later validates and draws.</summary>
internal static class Normaliser
{
    // Here "NaN" is a word that the reader wrote.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "name", "text", "title", "hovertext", "hovertemplate", "texttemplate", "legendgroup", "ticktext", "tickprefix", "ticksuffix", "labels", "ids", "customdata",
    };

    public static Members Apply(Members members)
    {
        foreach ((string name, object? value) in members.Values.ToArray())
        {
            // plotly.js's own marks, such as _isSubplotObj, are no part of a figure.
            if (value is null || name.StartsWith('_')) members.Remove(name);
            else if (value is string text && IsNoNumber(text) && !Words.Contains(name)) members.Remove(name);
            else members.Set(name, Item(value, Words.Contains(name)));
        }
        MakeTitle(members);
        // An axis over another would take over the other's ticks, at crooked numbers.
        if (members.Raw("overlaying") is not null && members.Raw("tickmode") is null && members.Raw("tickvals") is null && members.Raw("dtick") is null) members.Set("tickmode", "auto");
        return members;
    }

    private static object? Item(object? value, bool words) => value switch
    {
        Members members => Apply(members),
        object?[] items when !words && items.Any(IsNoNumber) && items.All(item => item is double or null || IsNoNumber(item)) => Array.ConvertAll(items, item => item as double? ?? double.NaN),
        object?[] items => Array.ConvertAll(items, item => Item(item, words)),
        _ => value,
    };

    // JSON lacks these numbers; Newtonsoft's serialiser, which XPlot uses, writes their names.
    private static bool IsNoNumber(object? value) => value is "NaN" or "Infinity" or "-Infinity";

    /// <summary>XPlot's <c>title</c>, <c>titlefont</c> and <c>titleside</c> are one object since plotly.js 3, which ignores the old spelling.</summary>
    private static void MakeTitle(Members members)
    {
        (object? text, object? font, object? side) = (members.Raw("title"), members.Raw("titlefont"), members.Raw("titleside"));
        members.Remove("titlefont");
        members.Remove("titleside");
        if (text is not string && font is null && side is null) return;
        var title = text as Members ?? new Members();
        if (text is string words) title.Set("text", words);
        if (font is not null) title.Set("font", font);
        if (side is not null) title.Set("side", side);
        members.Set("title", title);
    }
}

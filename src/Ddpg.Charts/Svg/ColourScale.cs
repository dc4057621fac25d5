using System.Collections;
using System.Globalization;

namespace Ddpg.Charts;

/// <summary>Maps numbers to colours, by the scales that plotly.js knows by name or by a list of (position, colour).</summary>
internal sealed class ColourScale
{
    private static readonly Dictionary<string, string> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        // Evenly spaced stops, as in plotly.js; a stop at another place carries it after @.
        ["Viridis"] = "#440154 #48186a #472d7b #424086 #3b528b #33638d #2c728e #26828e #21918c #1fa088 #28ae80 #3fbc73 #5ec962 #84d44b #addc30 #d8e219 #fde725",
        ["Cividis"] = "#00204c #002a66 #00346e #27406c #3c4a6b #4c556b #5b5f6d #686a70 #757575 #838178 #918e78 #a09b76 #b1a872 #c3b66b #d5c563 #e8d559 #fee945",
        ["Greys"] = "#000000 #ffffff",
        ["Blues"] = "#050aac #283cbe@.35 #4664f5@.5 #5a78f5@.6 #6a89f7@.7 #dcdcdc",
        ["Reds"] = "#dcdcdc #f5c39d@.2 #f5a069@.4 #b20a1c",
        ["Greens"] = "#00441b #006d2c #238b45 #41ab5d #74c476 #a1d99b #c7e9c0 #e5f5e0 #f7fcf5",
        ["YlGnBu"] = "#081d58 #253494 #225ea8 #1d91c0 #41b6c4 #7fcdbb #c7e9b4 #edf8d9 #ffffd9",
        ["YlOrRd"] = "#800026 #bd0026 #e31a1c #fc4e2a #fd8d3c #feb24c #fed976 #ffeda0 #ffffcc",
        ["Bluered"] = "#0000ff #ff0000",
        ["RdBu"] = "#050aac #6a89f7@.35 #bebebe@.5 #dcaa84@.6 #e6915a@.7 #b20a1c",
        ["Portland"] = "#0c3383 #0a88ba #f2d338 #f28f38 #d91e1e",
        ["Jet"] = "#000083 #003caa@.125 #05ffff@.375 #ffff00@.625 #fa0000@.875 #800000",
        ["Hot"] = "#000000 #e60000@.3 #ffd200@.6 #ffffff",
        ["Electric"] = "#000000 #1e0064@.15 #780064@.4 #a05a00@.6 #e6c800@.8 #fffadc",
        ["Earth"] = "#000082 #00b4b4@.1 #28d228@.2 #e6e632@.4 #784614@.6 #ffffff",
        ["Picnic"] = "#0000ff #3399ff #66ccff #99ccff #ccccff #ffffff #ffccff #ff99ff #ff66cc #ff6666 #ff0000",
        ["Rainbow"] = "#96005a #0000c8@.125 #0019ff@.25 #0098ff@.375 #2cff96@.5 #97ff00@.625 #ffea00@.75 #ff6f00@.875 #ff0000",
        ["Blackbody"] = "#000000 #e60000@.2 #e6d200@.4 #ffffff@.7 #a0c8ff",
    };

    private readonly (double Position, CssColour Colour)[] _stops;

    private ColourScale(IEnumerable<(double, CssColour)> stops) => _stops = [.. stops];

    /// <summary>The scale that an object's <c>colorscale</c> and <c>reversescale</c> ask for; Viridis when they ask for none.</summary>
    public static ColourScale Of(Members members)
    {
        ColourScale scale = members.Raw("colorscale") switch
        {
            string name when Named.TryGetValue(name, out string? stops) => Parse(stops),
            IEnumerable pairs and not string => FromPairs(pairs) ?? Parse(Named["Viridis"]),
            _ => Parse(Named["Viridis"]),
        };
        return members.Flag("reversescale") == true ? new ColourScale(scale._stops.Reverse().Select(stop => (1 - stop.Position, stop.Colour))) : scale;
    }

    /// <param name="part">0 for the low end, 1 for the high end.</param>
    public CssColour At(double part)
    {
        part = Math.Clamp(part, 0, 1);
        int next = Math.Max(1, Array.FindIndex(_stops, stop => stop.Position >= part));
        (double from, CssColour low) = _stops[next - 1];
        (double to, CssColour high) = _stops[next];
        return CssColour.Mix(low, high, to > from ? (part - from) / (to - from) : 0);
    }

    private static ColourScale Parse(string stops)
    {
        string[] parts = stops.Split(' ');
        return new ColourScale(parts.Select((part, index) =>
        {
            int at = part.IndexOf('@', StringComparison.Ordinal);
            double position = at < 0 ? index / (parts.Length - 1.0) : double.Parse(part[(at + 1)..], CultureInfo.InvariantCulture);
            return (position, CssColour.TryParse(at < 0 ? part : part[..at])!.Value);
        }));
    }

    private static ColourScale? FromPairs(IEnumerable pairs)
    {
        var stops = new List<(double, CssColour)>();
        foreach (object? pair in pairs)
        {
            if (pair is not IEnumerable items || items.Cast<object?>().ToArray() is not [IConvertible position, string colour]) return null;
            if (CssColour.TryParse(colour) is not { } parsed) return null;
            stops.Add((position.ToDouble(CultureInfo.InvariantCulture), parsed));
        }
        return stops.Count >= 2 ? new ColourScale(stops) : null;
    }
}

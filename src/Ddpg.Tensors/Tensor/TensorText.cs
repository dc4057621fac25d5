using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>Tensors as text.</summary>
internal static class TensorText
{
    private const int EdgeItems = 6;

    internal static string Metadata(torch.Tensor x) =>
        $"[{string.Join("x", x.shape)}], type = {x.dtype}, device = cpu";

    internal static string Values(torch.Tensor x, TensorStringStyle style, string? format, int? width, IFormatProvider? culture, string? newLine)
    {
        string end = newLine ?? Environment.NewLine;
        var text = new StringBuilder();
        using var scope = torch.NewDisposeScope();
        torch.Tensor values = x.detach();
        if (style == TensorStringStyle.Julia)
        {
            text.Append(Metadata(x));
            if (x.numel() == 0) return text.ToString();
            if (x.ndim == 0) return text.Append(", value = ").Append(Number(values, format ?? "g5", culture)).ToString();
            Julia(text, values, "", format ?? "g5", culture, end);
            return text.ToString();
        }
        if (style == TensorStringStyle.CSharp) text.Append(TypeName(x)).Append(' ');
        char open = style == TensorStringStyle.CSharp ? '{' : '[', close = style == TensorStringStyle.CSharp ? '}' : ']';
        if (x.ndim == 0) text.Append(Number(values, format ?? "g5", culture));
        else Nested(text, values, open, close, 0, format ?? "g5", culture, end);
        return text.ToString();
    }

    private static string TypeName(torch.Tensor x) =>
        $"{x.dtype switch { torch.ScalarType.Float32 => "float", torch.ScalarType.Float64 => "double", torch.ScalarType.Int64 => "long", torch.ScalarType.Int32 => "int", torch.ScalarType.Bool => "bool", _ => "byte" }}" +
        (x.ndim == 0 ? ", value =" : $"[{string.Join(", ", x.shape)}]");

    /// <summary>Matrices row by row with their columns aligned; further dimensions one matrix after the other under their index.</summary>
    private static void Julia(StringBuilder text, torch.Tensor x, string prefix, string format, IFormatProvider? culture, string end)
    {
        if (x.ndim > 2)
        {
            foreach (long i in Shown(x.shape[0])) Julia(text, x[i], $"{prefix}{i.ToString(CultureInfo.InvariantCulture)},", format, culture, end);
            return;
        }
        text.Append(end);
        if (prefix.Length > 0) text.Append('[').Append(prefix).Append("..,..] =").Append(end);
        long rows = x.ndim == 2 ? x.shape[0] : 1, columns = x.shape[^1];
        List<long> shownColumns = [.. Shown(columns)];
        var cells = new List<string[]>();
        foreach (long r in Shown(rows)) cells.Add([.. shownColumns.Select(c => Number(x.ndim == 2 ? x[r, c] : x[c], format, culture))]);
        int width = cells.SelectMany(c => c).DefaultIfEmpty("").Max(c => c.Length);
        bool cutColumns = shownColumns.Count < columns, cutRows = cells.Count < rows;
        for (int r = 0; r < cells.Count; r++)
        {
            if (r > 0) text.Append(end);
            if (cutRows && r == EdgeItems) text.Append(" ...").Append(end);
            for (int c = 0; c < cells[r].Length; c++)
            {
                if (cutColumns && c == EdgeItems) text.Append(" ...");
                text.Append(' ').Append(cells[r][c].PadLeft(width));
            }
        }
        text.Append(end);
    }

    private static void Nested(StringBuilder text, torch.Tensor x, char open, char close, int depth, string format, IFormatProvider? culture, string end)
    {
        text.Append(open);
        List<long> shown = [.. Shown(x.shape[0])];
        for (int n = 0; n < shown.Count; n++)
        {
            if (n > 0) text.Append(open == '{' ? "," : "").Append(x.ndim == 1 ? " " : end + new string(' ', depth + 1));
            if (shown.Count < x.shape[0] && n == EdgeItems) text.Append("... ");
            torch.Tensor item = x[shown[n]];
            if (x.ndim == 1) text.Append(Number(item, format, culture));
            else Nested(text, item, open, close, depth + 1, format, culture, end);
        }
        text.Append(close);
    }

    private static IEnumerable<long> Shown(long count)
    {
        for (long i = 0; i < count; i++)
            if (count <= 3 * EdgeItems || i < EdgeItems || i >= count - EdgeItems) yield return i;
    }

    private static string Number(torch.Tensor x, string format, IFormatProvider? culture)
    {
        IFormatProvider provider = culture ?? CultureInfo.InvariantCulture;
        return x.dtype switch
        {
            torch.ScalarType.Float32 => x.item<float>().ToString(format, provider),
            torch.ScalarType.Float64 => x.item<double>().ToString(format, provider),
            torch.ScalarType.Bool => x.item<bool>() ? "True" : "False",
            _ => x.item<long>().ToString(provider),
        };
    }
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type and device; the values are in <c>str()</c>.</summary>
        public override string ToString() => Store is null ? "[disposed tensor]" : TensorText.Metadata(this);

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, System.Globalization.CultureInfo? cultureInfo = null, string? newLine = null) =>
            style == TensorStringStyle.Metadata
                ? TensorText.Metadata(this)
                : TensorText.Values(this, style == TensorStringStyle.Default ? TensorStringStyle.Julia : style, fltFormat, width, cultureInfo, newLine);
    }
}

using System.Globalization;

namespace Ddpg.Charts;

/// <summary>Writes the labels of an axis's ticks, from the first to the last: of a date's day or year only what has changed is written.</summary>
internal sealed class TickLabel
{
    private readonly Axis _axis;
    private readonly TickStep _step;
    private readonly bool _alone;
    private readonly TickNumber _number;
    private string? _head;

    /// <param name="axis">The axis.</param>
    /// <param name="step">The distance of its ticks.</param>
    /// <param name="alone">Whether the reader gave the ticks' places: each is then written as exactly as it needs.</param>
    /// <param name="low">The lower end of the range.</param>
    /// <param name="high">The upper end of the range.</param>
    public TickLabel(Axis axis, TickStep step, bool alone, double low, double high)
    {
        (_axis, _step, _alone) = (axis, step, alone);
        double Value(double place) => axis.Kind == AxisKind.Log ? Math.Pow(10, place) : place;
        _number = TickNumber.For(axis.Options, step.Size, Math.Max(Math.Abs(Value(low)), Math.Abs(Value(high))));
    }

    public Tick Of(double position)
    {
        string text = _axis.Kind switch
        {
            AxisKind.Category => (int)Math.Round(position) is var index && index >= 0 && index < _axis.Categories.Count ? _axis.Categories[index] : "",
            AxisKind.Date => Date(position),
            AxisKind.Log => Logarithmic(position),
            _ => Linear(position),
        };
        bool bare = _axis.Kind == AxisKind.Log && _step.Unit == TickUnit.Digits && position != Math.Floor(position);
        return new Tick(position, bare ? text : _axis.Options.Text("tickprefix") + text + _axis.Options.Text("ticksuffix"), Small: bare);
    }

    private string Linear(double value) => ByFormat(value)
        ?? (_alone ? TickNumber.Alone(_axis.Options, value) : _number).Write(value, hideUnit: Math.Abs(value / _step.Size) < 1e-6 || _axis.Options.Text("showexponent") == "none");

    private string? ByFormat(double value) => _axis.Options.Text("tickformat") is { Length: > 0 } format ? NumberText.ByFormat(value, format) : null;

    private string Logarithmic(double position)
    {
        double value = Math.Pow(10, position);
        if (ByFormat(value) is { } text) return text;
        if (_alone) return TickNumber.Alone(_axis.Options, value).Write(value);
        if (_step.Unit == TickUnit.Value) return _number.Write(value);
        double decade = Math.Floor(position + 0.01);
        if (_step.Unit == TickUnit.Digits && position + 0.01 - decade >= 0.1) return Math.Round(Math.Pow(10, position - decade)).ToString(CultureInfo.InvariantCulture);
        int power = (int)decade;
        string? style = _axis.Options.Text("exponentformat");
        bool raised = style == "power" || style is null or "SI" or "B" && TickNumber.IsBeyondUnits(power);
        if (raised && power is not (0 or 1)) return $"10<sup>{(power < 0 ? "−" : "")}{Math.Abs(power).ToString(CultureInfo.InvariantCulture)}</sup>";
        if (style is "e" or "E" && Math.Abs(power) > 2) return $"1{style}{(power < 0 ? "−" : "+")}{Math.Abs(power).ToString(CultureInfo.InvariantCulture)}";
        return TickNumber.Alone(_axis.Options, value).Write(value);
    }

    private string Date(double value)
    {
        if (_axis.Options.Text("tickformat") is { Length: > 0 } format) return Headed(DateText.ByFormat(value, format).Split('\n', 2));
        (DatePrecision precision, int decimals) = Precision();
        if (_alone) (precision, decimals) = precision < DatePrecision.Second ? (precision + 1, 0) : (DatePrecision.Fraction, 4);
        (string text, string? head) = DateText.Label(value, precision, decimals);
        if (_alone && head is not null && text is "00:00:00" or "00:00") return head!;
        if (_alone && text.Length == 8 && text.EndsWith(":00", StringComparison.Ordinal)) text = text[..^3];
        return Headed(head is null ? [text] : [text, head]);
    }

    private string Headed(string[] parts)
    {
        if (parts.Length < 2 || parts[1].Length == 0 || parts[1] == _head) return parts[0];
        _head = parts[1];
        return $"{parts[0]}<br>{parts[1]}";
    }

    private (DatePrecision Precision, int Decimals) Precision()
    {
        if (_step.Unit == TickUnit.Months) return (_axis.Options.Raw("tick0") is not null ? DatePrecision.Day : _step.Size % 12 == 0 ? DatePrecision.Year : DatePrecision.Month, 0);
        if (_step.Size >= DateText.Day) return (DatePrecision.Day, 0);
        if (_step.Size >= DateText.Minute) return (DatePrecision.Minute, 0);
        if (_step.Size >= DateText.Second) return (DatePrecision.Second, 0);
        return (DatePrecision.Fraction, Math.Clamp((int)Math.Ceiling(-Math.Log10(_step.Size / DateText.Second) - 1e-9), 1, 4));
    }
}

namespace Ddpg.Charts;

/// <summary>The ticks of an axis, at the places and with the labels that plotly.js gives them.</summary>
/// <param name="axis">Its kind, its options, its range.</param>
/// <param name="length">Its length in pixels.</param>
internal sealed class TickMaker(Axis axis, double length)
{
    // The ends of the range are a little wider for ticks that lie upon them.
    private const double Slack = 1e-4;
    private static readonly double[] Tens = [2, 5, 10], Days = [1, 2, 3, 7, 14], Hours = [1, 2, 3, 6, 12], Sixties = [1, 2, 5, 10, 15, 30], DigitsOfTwo = [1, 2, 5], AllDigits = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    private readonly double _low = Math.Min(axis.Low, axis.High), _high = Math.Max(axis.Low, axis.High);

    private Members Options => axis.Options;

    private bool IsGiven => Options.Raw("tickvals") is double[] or object?[] && Options.Text("tickmode") is null or "array";

    public List<Tick> Make()
    {
        TickStep step = Step();
        var label = new TickLabel(axis, step, IsGiven, _low, _high);
        if (IsGiven) return [.. Given(label)];
        double slack = (_high - _low) * Slack;
        IEnumerable<double> positions = Positions(step, _low - slack, _high + slack, slack);
        // From the left or the bottom end on: there a date's label names day and year.
        return [.. (axis.High < axis.Low ? positions.Reverse() : positions).Select(position => label.Of(position)), .. axis.Kind == AxisKind.Log ? Minor(step) : []];
    }

    private TickStep Step()
    {
        double rough = (_high - _low) / Count();
        bool auto = Options.Text("tickmode") == "auto" || Options.Raw("dtick") is null;
        if (!auto && TickStep.Of(Options.Raw("dtick")) is { } given) return Capped(given);
        TickStep step = axis.Kind switch
        {
            AxisKind.Date => DateStep(rough),
            AxisKind.Log => LogStep(rough),
            AxisKind.Category => new TickStep(TickUnit.Coordinate, Math.Ceiling(Math.Max(rough, 1))),
            _ => new TickStep(TickUnit.Coordinate, RoundUp(rough, PowerOfTen(rough), Tens)),
        };
        return IsBetweenBars(step) ? step with { Size = axis.LeastStep!.Value } : step;
    }

    private bool IsBetweenBars(TickStep step) => axis.LeastStep is { } least && step.Unit == TickUnit.Coordinate && step.Size < 2 * least;

    private double Count()
    {
        if (Options.Number("nticks") is > 0 and var wanted) return wanted;
        if (axis.Kind == AxisKind.Category) return Math.Max(1, length / Math.Round(1.2 * (Options.Child("tickfont").Number("size") ?? PageLayout.TickSize)));
        double count = Math.Clamp(length / (axis.IsHorizontal ? 80 : 40), 4, 9) + 1;
        return IsGiven ? 100 * count : count;
    }

    // A reader's tiny dtick must not fill the memory.
    private TickStep Capped(TickStep step) => step.Unit == TickUnit.Coordinate && (_high - _low) / step.Size > 1000 ? step with { Size = (_high - _low) / 1000 } : step;

    private static TickStep DateStep(double rough)
    {
        double twice = 2 * rough;
        if (twice > DateText.AverageYear) return new TickStep(TickUnit.Months, 12 * RoundUp(rough / DateText.AverageYear, PowerOfTen(rough / DateText.AverageYear), Tens));
        if (twice > DateText.AverageMonth) return new TickStep(TickUnit.Months, RoundUp(rough / DateText.AverageMonth, 1, Hours));
        return new TickStep(TickUnit.Coordinate, twice switch
        {
            > DateText.Day => RoundUp(rough, DateText.Day, Days),
            > DateText.Hour => RoundUp(rough, DateText.Hour, Hours),
            > DateText.Minute => RoundUp(rough, DateText.Minute, Sixties),
            > DateText.Second => RoundUp(rough, DateText.Second, Sixties),
            // A tenth of a millisecond is the finest that a date knows.
            _ => Math.Max(0.1, RoundUp(rough, PowerOfTen(rough), Tens)),
        });
    }

    private TickStep LogStep(double rough)
    {
        if (rough > 0.7) return new TickStep(TickUnit.Coordinate, Math.Ceiling(rough));
        if (_high - _low >= 1) return new TickStep(TickUnit.Digits, rough > 0.3 ? 2 : 1);
        double value = (Math.Pow(10, _high) - Math.Pow(10, _low)) / (1.5 * (_high - _low) / rough);
        return new TickStep(TickUnit.Value, RoundUp(value, PowerOfTen(value), Tens));
    }

    private IEnumerable<double> Positions(TickStep step, double low, double high, double slack) => step.Unit switch
    {
        TickUnit.Months => Months(step.Size, low, high),
        TickUnit.Value => Even(Start(0), step.Size, Math.Pow(10, low), Math.Pow(10, high)).Where(value => value > 0).Select(Math.Log10),
        TickUnit.Digits => Decades(low, high).SelectMany(decade => (step.Size == 2 ? DigitsOfTwo : AllDigits).Select(digit => decade + Math.Log10(digit))).Where(position => position >= low && position <= high),
        _ when axis.Kind == AxisKind.Category => Even(0, step.Size, Math.Max(-slack, low), Math.Min(axis.Categories.Count - 1 + slack, high)),
        _ => Even(step.Size == axis.LeastStep ? axis.LeastStart : Start(axis.Kind != AxisKind.Date ? 0 : step.Size >= DateText.Day ? FirstSunday : NewYear), step.Size, low, high),
    };

    // 2000-01-01, from which dates are counted, and the Sunday after it, from which days are, so that weeks begin on Sundays.
    private static double NewYear => 946684800000;

    private static double FirstSunday => NewYear + DateText.Day;

    private double Start(double usual) => Options.Raw("tick0") is { } given && axis.Place(given, isLogarithm: axis.Kind == AxisKind.Log) is { } place && double.IsFinite(place) ? place : usual;

    private static IEnumerable<double> Even(double origin, double step, double low, double high)
    {
        // Counted from the origin, so that no error accumulates.
        double first = Math.Ceiling((low - origin) / step);
        for (int index = 0; index <= 1000; index++)
        {
            double value = origin + (first + index) * step;
            if (value > high || index > 0 && value == origin + (first + index - 1) * step) yield break;
            yield return value;
        }
    }

    private IEnumerable<double> Months(double months, double low, double high)
    {
        double start = Start(NewYear), first = Math.Floor((low - start) / DateText.AverageMonth / months) - 1;
        for (int index = 0; index <= 1000; index++)
        {
            double value = DateText.AddMonths(start, (first + index) * months);
            if (value > high) yield break;
            if (value >= low) yield return value;
        }
    }

    private static IEnumerable<double> Decades(double low, double high)
    {
        for (double decade = Math.Floor(low); decade <= high && decade - low < 1000; decade++)
            yield return decade;
    }

    /// <summary>The unlabelled marks that make a log axis readable, which plotly.js does not draw: 2 to 9 in every decade.</summary>
    private IEnumerable<Tick> Minor(TickStep step) => step is not { Unit: TickUnit.Coordinate, Size: 1 } ? [] : Decades(_low, _high)
        .SelectMany(decade => AllDigits.Skip(1).Select(digit => decade + Math.Log10(digit))).Where(position => position >= _low && position <= _high).Select(position => new Tick(position, "", Minor: true));

    private IEnumerable<Tick> Given(TickLabel label)
    {
        object?[] places = [.. Column.From(Options.Raw("tickvals")).Cells], texts = [.. Column.From(Options.Raw("ticktext")).Cells];
        double slack = (_high - _low) * Slack;
        for (int index = 0; index < places.Length; index++)
        {
            if (axis.Place(places[index], isLogarithm: false) is { } position && position > _low - slack && position < _high + slack)
                yield return index < texts.Length ? new Tick(position, Cell.Text(texts[index])) : label.Of(position);
        }
    }

    private static double PowerOfTen(double rough) => Math.Pow(10, Math.Floor(Math.Log(rough) / Math.Log(10)));

    private static double RoundUp(double rough, double unit, double[] allowed) => unit * (Array.Find(allowed, size => size > rough / unit) is > 0 and var found ? found : allowed[^1]);
}

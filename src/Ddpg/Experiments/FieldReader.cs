using System.Globalization;

namespace Ddpg.Experiments;

/// <summary>Reads the fields of one line of a table of results in order; a fault names file, line and field.</summary>
internal sealed class FieldReader
{
    private const int KeyFields = 4;
    private readonly string _place;
    private readonly string[] _fields;
    private int _next;

    /// <param name="path">The file.</param>
    /// <param name="line">The line's number.</param>
    /// <param name="text">The line.</param>
    /// <param name="count">How many fields it must have.</param>
    public FieldReader(string path, int line, string text, int count)
    {
        _place = string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}");
        try
        {
            _fields = Csv.Split(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{_place}: {exception.Message}.", exception);
        }
        if (_fields.Length != count)
            throw Wrong($"has {_fields.Length} fields; expected {count}");
        Key = string.Join('\n', _fields.Take(KeyFields));
    }

    /// <summary>Environment, exploration, variant and seed in one.</summary>
    public string Key { get; }

    /// <summary>Goes on behind the fields of the key.</summary>
    public string PassKey()
    {
        _next = KeyFields;
        return Key;
    }

    public string Next() => _fields[_next++];

    public long Integer() => OptionalInteger() ?? throw Wrong($"field {_next} is empty");

    public long? OptionalInteger() => Next() is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong($"field {_next} is '{text}', no integer");

    public double? Optional() => Next() is not { Length: > 0 } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong($"field {_next} is '{text}', no number");

    public RunOutcome Outcome() => Enum.TryParse(Next(), out RunOutcome outcome) && Enum.IsDefined(outcome) ? outcome : throw Wrong($"field {_next} is '{_fields[_next - 1]}', no outcome");

    public ReturnSummary? Summary()
    {
        double?[] numbers = [Optional(), Optional(), Optional(), Optional()];
        long? episodes = OptionalInteger();
        return numbers is [double mean, double std, double min, double max] && episodes is long count ? new ReturnSummary(mean, std, min, max, (int)count)
            : episodes is null && numbers.All(number => number is null) ? null : throw Wrong("holds half of an evaluation");
    }

    public RunCost Cost() => new(
        Optional() ?? throw Wrong("has no seconds"), Optional() ?? throw Wrong("has no steps per second"),
        DateTime.TryParse(Next(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime ended) ? ended : throw Wrong($"field {_next} is no time"),
        Next(), Next(), Next(), Next(), Next());

    public FormatException Wrong(string what) => new($"{_place} {what}.");
}

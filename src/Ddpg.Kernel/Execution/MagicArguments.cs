using System.Text.RegularExpressions;

namespace Ddpg.Kernel.Execution;

/// <summary>What follows a magic: <c>x --from value --as "y z"</c>.</summary>
internal sealed partial class MagicArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    internal string? Positional { get; private set; }

    internal static MagicArguments Parse(string text)
    {
        var arguments = new MagicArguments();
        string? option = null;
        foreach (Match match in Word().Matches(text))
        {
            string word = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Value;
            if (word.StartsWith("--", StringComparison.Ordinal)) option = word[2..];
            else if (option is null) arguments.Positional ??= word;
            else (arguments._options[option], option) = (word, null);
        }

        return arguments;
    }

    internal string? Optional(string name) => _options.GetValueOrDefault(name);

    internal string Required(string name, string example) =>
        Optional(name) ?? throw new ArgumentException($"The magic command needs --{name}, as in: {example}");

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|\\S+")]
    private static partial Regex Word();
}

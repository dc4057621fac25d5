using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Jupyter.Messaging;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>The cells run since the kernel started. One session only: nothing is written to disk.</summary>
internal sealed class HistoryStore
{
    private const int SessionNumber = 1;

    private readonly List<(int Line, string Code, string? Output)> _entries = [];

    public void Add(int line, string code, string? output) => _entries.Add((line, code, output));

    /// <summary>The content of a history_reply: <c>(session, line, code)</c> or <c>(session, line, (code, output))</c> each.</summary>
    public JsonObject Reply(JupyterMessage request)
    {
        IEnumerable<(int Line, string Code, string? Output)> found = request.Text("hist_access_type") switch
        {
            "range" => Range(request.Integer("session", 0), request.Integer("start", 0), request.Integer("stop", int.MaxValue)),
            "search" => Search(request.Text("pattern", "*"), request.Flag("unique", false), request.Integer("n", int.MaxValue)),
            _ => _entries.TakeLast(Math.Max(0, request.Integer("n", int.MaxValue))),
        };
        bool withOutput = request.Flag("output", false);
        JsonArray history = [];
        foreach ((int line, string code, string? output) in found)
            history.Add(new JsonArray(SessionNumber, line, withOutput ? new JsonArray(code, output) : code));
        return new JsonObject { ["status"] = "ok", ["history"] = history };
    }

    // 0 is this session, negative ones are earlier: of those nothing is kept.
    private IEnumerable<(int Line, string Code, string? Output)> Range(int session, int start, int stop) =>
        session is 0 or SessionNumber ? _entries.Where(entry => entry.Line >= start && entry.Line < stop) : [];

    private IEnumerable<(int Line, string Code, string? Output)> Search(string pattern, bool unique, int n)
    {
        string regex = "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$";
        var found = _entries.Where(entry => Regex.IsMatch(entry.Code, regex, RegexOptions.Singleline | RegexOptions.NonBacktracking));
        // Of equal cells the latest stays, in its place.
        if (unique) found = found.GroupBy(entry => entry.Code, StringComparer.Ordinal).Select(group => group.Last()).OrderBy(entry => entry.Line);
        return found.TakeLast(Math.Max(0, n));
    }
}

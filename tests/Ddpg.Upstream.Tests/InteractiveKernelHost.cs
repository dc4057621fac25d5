using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>.NET Interactive's own C# kernel, run cell by cell as its front ends run it.</summary>
internal sealed class InteractiveKernelHost : IDisposable
{
    private readonly CompositeKernel _kernel;

    // A later cell may update what an earlier one shows.
    private readonly Dictionary<string, JsonObject> _displays = [];

    public InteractiveKernelHost()
    {
        CSharpKernel csharp = new();
        csharp.UseKernelHelpers();
        _kernel = new CompositeKernel { csharp };
        _kernel.DefaultKernelName = csharp.Name;
        _kernel.UseImportMagicCommand();
    }

    /// <summary>Runs a cell; returns what went wrong, or null, and the outputs as a notebook holds them; those of earlier cells follow updates.</summary>
    public async Task<(string? Error, JsonArray Outputs)> RunAsync(string code)
    {
        KernelCommandResult result = await _kernel.SendAsync(new SubmitCode(code), CancellationToken.None);
        // A cell that fails reports both; only of a failure inside of #!import does the outer command end well.
        string? error = result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message ?? result.Events.OfType<ErrorProduced>().FirstOrDefault()?.Message;
        return (error, OutputsOf(result.Events));
    }

    public void Dispose() => _kernel.Dispose();

    private JsonArray OutputsOf(IEnumerable<KernelEvent> events)
    {
        JsonArray outputs = [];
        foreach (KernelEvent produced in events)
        {
            // What the compiler says of a cell; Jupyter's front prints it.
            if (produced is DiagnosticsProduced { FormattedDiagnostics.Count: > 0 } diagnostics) outputs.Add(StreamOf("stderr", string.Join('\n', diagnostics.FormattedDiagnostics.Select(line => line.Value))));
            // A cell whose last value is a display shows it once.
            if (produced is not DisplayEvent shown || produced is ReturnValueProduced { Value: DisplayedValue }) continue;
            // A front end puts the new content where the old one stands.
            if (shown is DisplayedValueUpdated && _displays.TryGetValue(shown.ValueId!, out JsonObject? old))
            {
                old["data"] = DataOf(shown);
                continue;
            }

            JsonObject output = shown switch
            {
                StandardOutputValueProduced => StreamOf("stdout", TextOf(shown)),
                StandardErrorValueProduced => StreamOf("stderr", TextOf(shown)),
                ErrorProduced error => new() { ["output_type"] = "error", ["ename"] = "Error", ["evalue"] = error.Message, ["traceback"] = new JsonArray() },
                ReturnValueProduced => new() { ["output_type"] = "execute_result", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["data"] = DataOf(shown) },
                _ => new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = DataOf(shown) },
            };
            if (shown.ValueId is { } id) _displays[id] = output;
            outputs.Add(output);
        }

        return outputs;
    }

    private static string TextOf(DisplayEvent shown) => string.Concat(shown.FormattedValues.Select(value => value.Value));

    private static JsonObject StreamOf(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    private static JsonObject DataOf(DisplayEvent shown)
    {
        JsonObject data = [];
        foreach (FormattedValue value in shown.FormattedValues)
            data[value.MimeType] = value.MimeType.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(value.Value) : value.Value;
        return data;
    }
}

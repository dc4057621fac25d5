using System.Text;
using Ddpg.Kernel.Interactive;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Stands in for the process's Console streams and sends what a cell writes, in its tasks too, to that cell's output. Code that runs outside of any cell
/// keeps the terminal, which <see cref="Terminal"/> also names for the kernel's own messages.
/// </summary>
internal static class ConsoleRouter
{
    private static readonly Lock Installing = new();
    private static TextWriter? _terminal;
    private static TextWriter? _errors;

    // As Console wraps them.
    private static TextWriter? _out;
    private static TextWriter? _error;
    private static TextReader? _in;

    internal static TextWriter Terminal => _terminal ?? Console.Out;

    internal static void Install()
    {
        lock (Installing)
        {
            if (_terminal is not null) return;
            (_terminal, _errors) = (Console.Out, Console.Error);
            (_in, _out, _error) = (new Reader(Console.In), Console.Out, Console.Error);
            Renew();
            // A thread that a cell started may end in an exception that nobody catches: an error of that cell, not the end of the kernel.
            System.Runtime.ExceptionServices.ExceptionHandling.SetUnhandledExceptionHandler(static exception =>
            {
                // A loop of a stopped cell on a thread of its own ends in this way.
                if (exception is not OperationCanceledException) ShowUnhandled(exception);
                return true;
            });
        }
    }

    /// <summary>The output of the cell that began last, for what comes from a thread that does not know its cell.</summary>
    internal static ICellOutput? LastCell { get; set; }

    /// <summary>Sets back what a cell has put in place of these writers and this reader: what it captures is its own output.</summary>
    internal static void Restore()
    {
        lock (Installing)
        {
            if (_terminal is null) return;
            if (Console.Out != _out) Console.SetOut(_out!);
            if (Console.Error != _error) Console.SetError(_error!);
            if (Console.In != _in) Console.SetIn(_in!);
        }
    }

    private static void ShowUnhandled(Exception exception)
    {
        ICellOutput? output = RunningCell.Current?.Output ?? LastCell;
        string text = $"Unhandled exception on a background thread: {Traceback.Brief(exception)}\n";
        if (output is null) _errors!.Write(text);
        else output.WriteStandardError(text);
    }

    /// <summary>
    /// Gives the process new Console writers. Console wraps each in a lock, which a thread that was stopped by force inside of a write holds for ever:
    /// the next cell that writes would wait for it.
    /// </summary>
    internal static void Renew()
    {
        Console.SetOut(new Writer(_terminal!, static (output, text) => output.WriteStandardOutput(text)));
        Console.SetError(new Writer(_errors!, static (output, text) => output.WriteStandardError(text)));
        Console.SetIn(_in!);
        (_out, _error, _in) = (Console.Out, Console.Error, Console.In);
    }

    private sealed class Writer(TextWriter terminal, Action<ICellOutput, string> write) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

        public override void Write(string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            if (RunningCell.Current is { } cell) write(cell.Output, value);
            else terminal.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void WriteLine() => Write("\n");

        public override void Flush() => terminal.Flush();
    }

    private sealed class Reader(TextReader terminal) : TextReader
    {
        private string _rest = "";

        public override string? ReadLine()
        {
            if (RunningCell.Current is not { } cell) return terminal.ReadLine();
            if (_rest.Length == 0) return cell.Output.RequestInput("", false, cell.CancellationToken);
            string line = _rest.TrimEnd('\n');
            _rest = "";
            return line;
        }

        public override int Peek() => Fill() ? _rest[0] : terminal.Peek();

        public override int Read()
        {
            if (!Fill()) return terminal.Read();
            char first = _rest[0];
            _rest = _rest[1..];
            return first;
        }

        private bool Fill()
        {
            if (_rest.Length > 0) return true;
            if (RunningCell.Current is not { } cell) return false;
            _rest = cell.Output.RequestInput("", false, cell.CancellationToken) + "\n";
            return true;
        }
    }
}

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

    internal static TextWriter Terminal => _terminal ?? Console.Out;

    internal static void Install()
    {
        lock (Installing)
        {
            if (_terminal is not null) return;
            (_terminal, _errors) = (Console.Out, Console.Error);
            Console.SetIn(new Reader(Console.In));
            Renew();
            // A thread that a cell started may end in an exception that nobody catches: an error of that cell, not the end of the kernel.
            System.Runtime.ExceptionServices.ExceptionHandling.SetUnhandledExceptionHandler(static exception =>
            {
                // A loop of a stopped cell on a thread of its own ends in this way.
                if (exception is OperationCanceledException) return true;
                Console.Error.WriteLine($"Unhandled exception on a background thread: {exception.GetType().FullName}: {exception.Message}");
                return true;
            });
        }
    }

    /// <summary>
    /// Gives the process new Console writers. Console wraps each in a lock, which a thread that was stopped by force inside of a write holds for ever:
    /// the next cell that writes would wait for it.
    /// </summary>
    internal static void Renew()
    {
        Console.SetOut(new Writer(_terminal!, static (output, text) => output.WriteStandardOutput(text)));
        Console.SetError(new Writer(_errors!, static (output, text) => output.WriteStandardError(text)));
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

using System.Diagnostics;
using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ddpg.Kernel.Tests.Execution;

public sealed class InterruptTests : IDisposable
{
    /// <summary>A stop has 0.4 s of grace and takes 0.4 to 0.6 s on a quiet machine: <c>.ci/long interrupts</c> holds one to a second. Elsewhere it has to come, whenever the machine gets to it.</summary>
    private static readonly TimeSpan Limit = Environment.GetEnvironmentVariable("DDPG_LONG") == "1" ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(50);

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    /// <summary>Two of the cells swallow every exception, as a reader's may: an interrupt must end them all the same.</summary>
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (int i = 0; ; i++) { mine = i; }")]
    [InlineData("void Spin() { while (true) { } }\nSpin();")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("new int[1].Where(x => { while (true) { } }).ToList();")]
    [InlineData("while (true) Console.WriteLine(\"on and on\");")]
    [InlineData("while (true) display(1);")]
    [InlineData("do { mine++; } while (true);")]
    [InlineData("foreach (int i in Enumerable.Repeat(1, int.MaxValue)) foreach (int j in Enumerable.Repeat(1, int.MaxValue)) mine += j;")]
    [InlineData("void Draw() { var random = new Random(1); double sum = 0; for (;;) sum += random.NextDouble(); }\nDraw();")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Sum(i => Enumerable.Range(0, 10).Sum(j => 0.5))")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => i.ToString()).Count(text => text.Contains('x'))")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => { try { Console.Write(i); } catch (Exception) { } return i; }).Count(i => i < 0)")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("async Task Slow() { await Task.Delay(60_000); }\nSlow().Wait();")]
    [InlineData("async Task Slow() { await Task.Delay(60_000); }\nawait Slow();")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Aggregate(0L, (a, b) => { for (int k = 0; k < 1000; k++) a ^= b + k; return a; })")]
    [InlineData("await Task.Delay(-1, Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken);")]
    public async Task A_running_cell_stops_and_all_variables_survive(string code)
    {
        await _fixture.Run("int earlier = 41; int mine = 0;");
        TimeSpan took = await TimeToStop(code);
        Assert.True(took < Limit, $"stopped after {took}, limit {Limit}");
        Assert.Equal("42 9", (await _fixture.Run("$\"{earlier + 1} {own}\"")).Result["text/plain"]);
    }

    private async Task<TimeSpan> TimeToStop(string code)
    {
        (Task<CellResult> running, _, CancellationTokenSource interrupt) = await Start("mine = 7; int own = 9;\nConsole.Write(\"started\");\n" + code);
        using (interrupt)
        {
            long started = Stopwatch.GetTimestamp();
            await interrupt.CancelAsync();
            CellResult result = await running.WaitAsync(TimeSpan.FromSeconds(90));
            Assert.Equal(CellStatus.Interrupted, result.Status);
            return Stopwatch.GetElapsedTime(started);
        }
    }

    private static readonly string[] Stress =
    [
        "while (true) { }",
        "void Spin() { while (true) { } }\nSpin();",
        "Enumerable.Range(0, int.MaxValue).Select(i => (long)i).Where(i => i < 0).Count() + Enumerable.Range(0, int.MaxValue).Sum(i => 0.5)",
        "Enumerable.Range(0, int.MaxValue).Select(i => i.ToString()).Count(text => text.Length == 99)",
        "System.Threading.Thread.Sleep(60_000);",
        "await Task.Delay(60_000);",
        "while (true) Console.WriteLine(\"on and on\");",
        "var random = new Random(1); while (true) { var sorted = Enumerable.Range(0, 10_000).Select(_ => random.Next()).OrderBy(x => x).ToArray(); }",
        "while (true) display(1);",
        "System.Threading.Tasks.Parallel.For(0, int.MaxValue, i => { double s = 0; for (int k = 0; k < 1000; k++) s += k; });",
        "Endless.Library.Loop();",
    ];

    /// <summary>One of the kinds is in a library that never comes back to the cell, and takes the second interrupt, which is force. 200 with DDPG_LONG=1.</summary>
    [Fact]
    public async Task Interrupt_after_interrupt_the_process_lives_and_the_session_is_whole()
    {
        int count = Environment.GetEnvironmentVariable("DDPG_LONG") == "1" ? 200 : 30;
        await _fixture.Run($"#r \"{CompileEndlessLibrary().Replace('\\', '/')}\"");
        for (int turn = 0; turn < count; turn++)
        {
            string code = Stress[turn % Stress.Length];
            (Task<CellResult> running, RecordingOutput output, CancellationTokenSource interrupt) = await Start($"int turn = {turn}; Console.Write(\"started\");\n{code}");
            using (interrupt)
            {
                await Task.Delay(turn % 7 * 10);
                await interrupt.CancelAsync();
                if (code.Contains("Endless", StringComparison.Ordinal))
                {
                    while (!output.StandardError.Contains("Interrupt once more", StringComparison.Ordinal))
                        await Task.Delay(10);
                    _fixture.Session.ForceStop();
                }

                CellResult result = await running.WaitAsync(TimeSpan.FromSeconds(30));
                Assert.True(result.Status == CellStatus.Interrupted, $"{code}: {result.Status} {result.Error?.Message}");
            }

            RecordingOutput after = await _fixture.Run("Console.Write(turn);");
            Assert.Equal(turn.ToString(System.Globalization.CultureInfo.InvariantCulture), after.StandardOutput);
        }
    }

    [Fact]
    public async Task An_interrupt_that_finds_no_place_to_stop_says_so_and_loses_nothing()
    {
        await _fixture.Run($"#r \"{CompileEndlessLibrary().Replace('\\', '/')}\"\nint kept = 5;");
        (Task<CellResult> running, RecordingOutput output, CancellationTokenSource interrupt) = await Start("Console.Write(\"started\"); Endless.Library.Until(6000); kept++;\nfor (int i = 0; i < 3; i++) kept = 100;");
        using (interrupt)
        {
            await interrupt.CancelAsync();
            Assert.Equal(CellStatus.Interrupted, (await running).Status);
        }

        Assert.Contains("Interrupt once more to stop it by force", output.StandardError);
        Assert.Equal("6", (await _fixture.Run("kept")).Result["text/plain"]);
    }

    private async Task<(Task<CellResult> Running, RecordingOutput Output, CancellationTokenSource Interrupt)> Start(string code)
    {
        var interrupt = new CancellationTokenSource();
        var output = new RecordingOutput();
        Task<CellResult> running = _fixture.Session.ExecuteAsync(code, output, interrupt.Token);
        while (output.StandardOutput.Length == 0)
        {
            Assert.False(running.IsCompleted, $"ended before it was interrupted: {output.StandardError}");
            await Task.Delay(5);
        }

        return (running, output, interrupt);
    }

    private string CompileEndlessLibrary()
    {
        const string Code = """
            namespace Endless;
            public static class Library
            {
                public static long Loop() { long n = 0; while (true) n++; }
                public static void Until(int milliseconds) { long end = System.Environment.TickCount64 + milliseconds; while (System.Environment.TickCount64 < end) { } }
            }
            """;
        string path = Path.Combine(_fixture.Folder, "endless.dll");
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        Assert.True(CSharpCompilation.Create("endless", [CSharpSyntaxTree.ParseText(Code)], Framework.References, options).Emit(path).Success);
        return path;
    }

    [Fact]
    public async Task Code_that_watches_the_token_ends_by_itself_and_keeps_its_result()
    {
        using var interrupt = new CancellationTokenSource();
        var output = new RecordingOutput();
        Task<CellResult> running = _fixture.Session.ExecuteAsync(
            "Console.Write(1); var stop = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken; long n = 0; while (!stop.IsCancellationRequested) n++; \"finished early\"", output, interrupt.Token);
        while (output.StandardOutput.Length == 0)
            await Task.Delay(5);
        await interrupt.CancelAsync();
        CellResult result = await running;
        Assert.Equal(CellStatus.Ok, result.Status);
        Assert.Equal("finished early", output.Result["text/plain"]);
    }

    [Fact]
    public async Task Interrupting_cell_after_cell_leaves_the_session_whole()
    {
        for (int round = 0; round < 5; round++)
        {
            using var interrupt = new CancellationTokenSource(50);
            Assert.Equal(CellStatus.Interrupted, (await _fixture.Session.ExecuteAsync("while (true) { }", new RecordingOutput(), interrupt.Token)).Status);
            Assert.Equal("ok", (await _fixture.Run("System.Threading.Thread.Sleep(1); await Task.Delay(1); \"ok\"")).Result["text/plain"]);
        }
    }

    [Theory]
    [InlineData("int F(int n) => F(n + 1) + 1;\nF(0)")]
    [InlineData("int F(int n) { return F(n + 1) + 1; }\nF(0)")]
    [InlineData("void F() => F();\nF();")]
    [InlineData("int A(int n) => B(n) + 1; int B(int n) => A(n) + 1;\nA(0)")]
    [InlineData("int P => P + 1;\nP")]
    [InlineData("class C { public int P { get { return P + 1; } } }\nnew C().P")]
    [InlineData("class C { public C() { new C(); } }\nnew C()")]
    [InlineData("abstract class N { public abstract int V(N n); } class M : N { public override int V(N n) => n.V(n) + 1; }\nnew M().V(new M())")]
    [InlineData("Func<int, int> f = null; f = n => f(n + 1) + 1;\nf(0)")]
    [InlineData("Func<int, int> f = null; f = n => { return f(n + 1) + 1; };\nf(0)")]
    [InlineData("int Outer() { int Local(int n) => Local(n + 1) + 1; return Local(0); }\nOuter()")]
    public async Task A_recursion_without_end_is_an_error_of_the_cell_not_the_end_of_the_kernel(string code)
    {
        (CellError error, _) = await _fixture.Fail(code);
        Assert.Equal("System.InsufficientExecutionStackException", error.Name);
        Assert.Contains("recursion without an end", error.Message);
        Assert.True(error.Traceback.Count < 60, $"{error.Traceback.Count} lines of traceback");
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    [Fact]
    public async Task An_honest_recursion_has_room()
    {
        Assert.Equal("50000", (await _fixture.Run("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);\nDepth(50_000)")).Result["text/plain"]);
    }
}

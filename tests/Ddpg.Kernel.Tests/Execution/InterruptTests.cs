using System.Diagnostics;
using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

public sealed class InterruptTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (int i = 0; ; i++) { mine = i; }")]
    [InlineData("void Spin() { while (true) { } }\nSpin();")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("new int[1].Where(x => { while (true) { } }).ToList();")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("async Task Slow() { await Task.Delay(60_000); }\nSlow().Wait();")]
    [InlineData("async Task Slow() { await Task.Delay(60_000); }\nawait Slow();")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Aggregate(0L, (a, b) => { for (int k = 0; k < 1000; k++) a ^= b + k; return a; })")]
    [InlineData("await Task.Delay(-1, Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken);")]
    public async Task A_running_cell_stops_within_a_second_and_all_variables_survive(string code)
    {
        await _fixture.Run("int earlier = 41; int mine = 0;");
        var output = new RecordingOutput();
        using var interrupt = new CancellationTokenSource();
        Task<CellResult> running = _fixture.Session.ExecuteAsync("mine = 7; int own = 9;\nConsole.Write(\"started\");\n" + code, output, interrupt.Token);
        while (output.StandardOutput.Length == 0)
        {
            Assert.False(running.IsCompleted, $"ended before it was interrupted: {output.StandardError}");
            await Task.Delay(5);
        }

        long started = Stopwatch.GetTimestamp();
        await interrupt.CancelAsync();
        CellResult result = await running.WaitAsync(TimeSpan.FromSeconds(30));
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.True(took < TimeSpan.FromSeconds(1), $"stopped after {took}");
        Assert.Equal("42 9", (await _fixture.Run("$\"{earlier + 1} {own}\"")).Result["text/plain"]);
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

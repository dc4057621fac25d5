using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>A first interrupt ends the reader's own code of every form, and a second one does no harm to it.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Fib(70)")]
    [InlineData("long Fib(int n) { if (n < 2) return n; return Fib(n - 1) + Fib(n - 2); } Fib(70)")]
    [InlineData("int spin = 0; again: spin++; goto again;")]
    [InlineData("void Spin() { int n = 0; again: n++; if (n >= 0 || n < 0) goto again; } Spin();")]
    [InlineData("int k = 0; switch (k) { case 0: k = 1; goto case 1; case 1: goto case 0; }")]
    [InlineData("class T { public long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); } new T().Fib(70)")]
    [InlineData("class T { public long this[int n] => n < 2 ? n : this[n - 1] + this[n - 2]; } new T()[70]")]
    [InlineData("class T { int depth; public long P => depth++ > 60 ? depth-- : P + P + depth--; } while (true) { var p = new T().P; }")]
    [InlineData("class V { public int N; public static V operator +(V a, int n) => n < 2 ? a : (a + (n - 1)) + (n - 2); } new V() + 70")]
    [InlineData("Func<int, long> fib = null; fib = n => n < 2 ? n : fib(n - 1) + fib(n - 2); fib(70)")]
    [InlineData("var fs = new Func<int, long>[1]; fs[0] = n => n < 2 ? n : fs[0](n - 1) + fs[0](n - 2); fs[0](70)")]
    [InlineData("long Outer(int k) { long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); return Fib(k); } Outer(70)")]
    [InlineData("async Task<long> Fib(int n) => n < 2 ? n : await Fib(n - 1) + await Fib(n - 2); await Fib(70)")]
    [InlineData("IEnumerable<int> Tree(int n) { if (n > 0) { foreach (int x in Tree(n - 1)) yield return x; foreach (int x in Tree(n - 1)) yield return x; } } Tree(60).Count()")]
    [InlineData("class C : IComparer<int> { public int Compare(int a, int b) => Slow(60); static int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2); } new List<int> { 3, 1, 2 }.Sort(new C());")]
    [InlineData("bool Small(int n) => n < 0; Enumerable.Range(0, int.MaxValue).Concat(Enumerable.Range(0, int.MaxValue)).Where(Small).Count()")]
    [InlineData("(from i in Enumerable.Range(0, int.MaxValue) from j in Enumerable.Range(0, int.MaxValue) where i + j < 0 select i).Count()")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x; Enumerable.Range(0, int.MaxValue).Concat(Enumerable.Range(0, int.MaxValue)).Where(i => i < 0).Count()")]
    [InlineData("void Nothing(int n) { } System.Threading.Tasks.Parallel.ForEach(Enumerable.Range(0, int.MaxValue).Concat(Enumerable.Range(0, int.MaxValue)), i => Nothing(i));")]
    [InlineData("long Deep(int n) => n == 0 ? Fib(70) : Deep(n - 1) + 1; long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Deep(30_000)")]
    [InlineData("long Fib(int n) { try { return n < 2 ? n : Fib(n - 1) + Fib(n - 2); } catch (Exception) { return 0; } } Fib(70)")]
    public async Task The_first_interrupt_ends_it_and_the_second_is_harmless(string code)
    {
        await _fixture.Run("int keepMe = 42;");
        var output = new RecordingOutput();
        using var interrupt = new CancellationTokenSource();
        Task<CellResult> running = _fixture.Session.ExecuteAsync("Console.Write(\"started\");\n" + code, output, interrupt.Token);
        await output.Until(o => o.StandardOutput.Length > 0 || running.IsCompleted);
        await Task.Delay(50);
        Assert.False(running.IsCompleted, output.StandardError);
        await interrupt.CancelAsync();
        while (await Task.WhenAny(running, Task.Delay(200)) != running)
            _fixture.Session.ForceStop();
        CellResult result = await running.WaitAsync(Patience);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.DoesNotContain("library", output.StandardError);
        Assert.Equal("42", (await _fixture.Run("keepMe")).Result["text/plain"]);
    }
}

using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>Every way in which a member of a cell can come back to itself ends in an error of the cell, not in the end of the process.</summary>
[Trait("Speed", "long")]
public sealed class EndlessRecursionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("class NodeE { public NodeE Child; public NodeE(int n) => Child = new NodeE(n + 1); } new NodeE(0)")]
    [InlineData("class Dn { Dn x = new Dn(); } new Dn()")]
    [InlineData("class Dn { Dn x = new(); } new Dn()")]
    [InlineData("class Dn { Dn[] x = { new Dn() }; } new Dn()")]
    [InlineData("class Dn { public Dn X { get; } = new Dn(); } new Dn()")]
    [InlineData("class Dn { List<Dn> x = [new Dn()]; } new Dn()")]
    [InlineData("class A { static A All = new A(); A inner = new A(); public static int Count = 3; } A.Count")]
    [InlineData("class P(int n) { P child = new P(n + 1); } new P(0)")]
    [InlineData("class B(object o) { } class D(int n) : B(new D(n + 1)) { } new D(0)")]
    [InlineData("class B { public B(object o) { } } class D : B { public D(int n) : base(new D(n + 1)) { } } new D(0)")]
    [InlineData("class B { public B() { new D(); } } class D : B { } new D()")]
    [InlineData("class M<T> where T : new() { public M() { new T(); } } class X : M<X> { } new X()")]
    [InlineData("class C { public int this[int i] => this[i + 1] + 1; } new C()[0]")]
    [InlineData("class C { public int this[int i] { get { return this[i + 1] + 1; } } } new C()[0]")]
    [InlineData("class C { public int P { set { P = value + 1; } } } new C().P = 1;")]
    [InlineData("class V { public static V operator +(V a, V b) => a + b; } new V() + new V()")]
    [InlineData("class V { public static V operator -(V a) { return -a; } } -new V()")]
    [InlineData("class V { public static bool operator ==(V a, V b) => a == b; public static bool operator !=(V a, V b) => !(a == b); } new V() == new V()")]
    [InlineData("class V { public static bool operator true(V v) => v ? true : false; public static bool operator false(V v) => false; } new V() ? 1 : 2")]
    [InlineData("class V { public static implicit operator int(V v) { int n = v; return n; } } int k = new V();")]
    [InlineData("class V { public static explicit operator int(V v) => (int)v; } (int)new V()")]
    [InlineData("class T { public override string ToString() => $\"T {this}\"; } new T().ToString()")]
    [InlineData("class T { public override string ToString() => \"T \" + this; } Console.WriteLine(new T());")]
    [InlineData("class T { public override bool Equals(object o) => new List<T> { this }.Contains(new T()); public override int GetHashCode() => 0; } new T().Equals(new T())")]
    [InlineData("class K { public override int GetHashCode() => new HashSet<K> { this }.Count; } new Dictionary<K, int>()[new K()] = 1;")]
    [InlineData("interface I { int F(int n); } class A : I { public I Other; public int F(int n) => Other.F(n + 1) + 1; } var a = new A(); a.Other = a; a.F(0)")]
    [InlineData("interface I { int F(int n) => F(n + 1) + 1; } class A : I { } ((I)new A()).F(0)")]
    [InlineData("class A : IComparable<A> { int IComparable<A>.CompareTo(A o) => Comparer<A>.Default.Compare(this, o); } Comparer<A>.Default.Compare(new A(), new A())")]
    [InlineData("int G<T>(T x, int n) => G(x, n + 1) + 1; G(\"a\", 0)")]
    [InlineData("static int S(int n) => S(n + 1) + 1; S(0)")]
    [InlineData("class C { public int F(int n) => this.F(n + 1) + 1; } new C().F(0)")]
    [InlineData("static int Deep(this int n) => (n + 1).Deep() + 1; 0.Deep()")]
    [InlineData("var fs = new Dictionary<string, Func<int, int>>(); fs[\"f\"] = n => fs[\"f\"](n + 1) + 1; fs[\"f\"](0)")]
    [InlineData("var fs = new List<Action>(); fs.Add(() => fs[0]()); fs[0]();")]
    [InlineData("Func<int, int>[] fs = new Func<int, int>[1]; fs[0] = delegate (int n) { return fs[0](n + 1) + 1; }; fs[0](0)")]
    [InlineData("(Func<int, int> F, int X) t = default; t.F = n => t.F(n + 1) + 1; t.F(0)")]
    [InlineData("Action a = null; a = () => a?.Invoke(); a();")]
    [InlineData("Action<int> a = null; void Call(int n) => a(n + 1); a = Call; a(0);")]
    [InlineData("class H { public event Action E; public void Raise() => E(); } var h = new H(); h.E += () => h.Raise(); h.Raise();")]
    [InlineData("class H { public event Action E { add { E += value; } remove { } } } new H().E += () => { };")]
    [InlineData("delegate object Self(Self s); Self w = s => s(s); w(w)")]
    [InlineData("int F(int n) => new[] { n }.Select(x => F(x + 1)).Sum(); F(0)")]
    [InlineData("int F(int n) => (from x in new[] { n } select F(x + 1)).Sum(); F(0)")]
    [InlineData("IEnumerable<int> It(int n) { foreach (int x in It(n + 1)) yield return x; } It(0).First()")]
    [InlineData("IEnumerable<int> It(int n) { return It(n + 1).Append(n); } It(0).First()")]
    [InlineData("async Task F(int n) { await F(n + 1); } await F(0);")]
    [InlineData("async Task<int> F(int n) => await F(n + 1) + 1; await F(0)")]
    [InlineData("async ValueTask<int> F(int n) => await F(n + 1) + 1; await F(0)")]
    [InlineData("async Task F(int n) { await Task.Yield(); await F(n + 1); } await F(0);")]
    [InlineData("Func<int, Task<int>> f = null; f = async n => await f(n + 1) + 1; await f(0)")]
    [InlineData("Func<int, Task> f = null; f = async n => { await f(n + 1); }; f(0).Wait();")]
    [InlineData("Func<int, Task> f = null; f = async n => await f(n + 1); await f(0)")]
    [InlineData("async IAsyncEnumerable<int> G(int n) { await foreach (int x in G(n + 1)) yield return x; } await foreach (int x in G(0)) { }")]
    [InlineData("int F(int n) { Span<int> room = stackalloc int[100_000]; return F(n + 1) + room[0]; } F(0)")]
    [InlineData("int F(int n) { try { return F(n + 1); } finally { n++; } } F(0)")]
    [InlineData("int F(int n) { try { return F(n + 1); } catch (FormatException e) { throw new Exception(\"at\" + n, e); } } F(0)")]
    [InlineData("var list = new List<int> { 2, 1 }; int Compare(int a, int b) { new List<int>(list).Sort(Compare); return a - b; } Compare(1, 2)")]
    [InlineData("class L { Lazy<L> inner; public L(int n) { inner = new Lazy<L>(() => new L(n + 1)); _ = inner.Value; } } new L(0)")]
    [InlineData("int F(dynamic n) => F(n + 1) + 1; F(0)")]
    [InlineData("record N(int V) { public N Next { get; set; } } var n = new N(1); n.Next = n; n.ToString()")]
    [InlineData("record N(int V) { public N Next { get; set; } } var n = new N(1); n.Next = n; n.GetHashCode()")]
    [InlineData("record N(int V) { public N Next { get; set; } } var (n, m) = (new N(1), new N(1)); (n.Next, m.Next) = (m, n); n == m")]
    [InlineData("abstract record S { public object O; } sealed record T(int V) : S; var t = new T(1); t.O = t; t.GetHashCode()")]
    [InlineData("class C { public int P => (int)typeof(C).GetProperty(\"P\").GetValue(this) + 1; } new C().P")]
    [InlineData("struct S { public int F(int n) => F(n + 1) + 1; } new S().F(0)")]
    [InlineData("unsafe { delegate*<int, int> f = &Again; f(0); } static unsafe int Again(int n) { delegate*<int, int> f = &Again; return f(n + 1) + 1; }")]
    [InlineData("namespace A { }\nint F(int n) => F(n + 1) + 1; F(0)", "(1,")]
    public async Task It_ends_in_an_error_that_says_so(string code, string? compileError = null)
    {
        // The compiler's own beginning is not what the patience is for.
        await _fixture.Run("0");
        var output = new RecordingOutput();
        CellResult result = await _fixture.Session.ExecuteAsync(code, output, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(CellStatus.Error, result.Status);
        if (compileError is not null)
        {
            Assert.StartsWith(compileError, result.Error!.Diagnostics[0], StringComparison.Ordinal);
            return;
        }

        Assert.Equal("", string.Join('\n', result.Error!.Diagnostics));
        Assert.Contains("recursion without an end", result.Error.Message);
        Assert.Equal("System.InsufficientExecutionStackException", result.Error.Name);
        Assert.True(result.Error.Traceback.Count < 100, $"{result.Error.Traceback.Count} lines of traceback");
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    [Theory]
    [InlineData("Func<int, int> g = null; int F(int n) => g(n) + 1;", "g = n => F(n + 1); F(0)")]
    [InlineData("var fs = new List<Func<int, int>>(); int F(int n) => fs[0](n + 1) + 1;", "fs.Add(F); F(0)")]
    [InlineData("Func<V, V> hook = null; class V { public static V operator +(V a, V b) => a; } class W : V { public static W operator +(W a, W b) => (W)Hooks.Hook(a); } static class Hooks { public static Func<V, V> Hook; }", "Hooks.Hook = v => (W)v + (W)v; new W() + new W()")]
    [InlineData("static string Show(object o) => \"<\" + o + \">\";", "class X { public override string ToString() => Show(this); } new X().ToString()")]
    [InlineData("static V Get<K, V>(Dictionary<K, V> d, K k) => d[k];", "class Key { public override int GetHashCode() => Get(new Dictionary<Key, int>(new KeyValuePair<Key, int>[0]) { [new Key()] = 1 }, this); } new Key().GetHashCode()")]
    [InlineData("class A { public virtual int F(int n) => n; public int Twice(int n) => F(F(n)); }", "class B : A { public override int F(int n) => Twice(n + 1); } new B().F(0)")]
    [InlineData("class Maker<T> where T : new() { public static T Make() => new T(); }", "class X { X inner = Maker<X>.Make(); } new X()")]
    public async Task Also_when_the_circle_closes_in_a_later_cell(string first, string second)
    {
        await _fixture.Run(first);
        (CellError error, _) = await _fixture.Fail(second).WaitAsync(Patience);
        Assert.Equal("System.InsufficientExecutionStackException", error.Name);
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    /// <summary>What the runtime needs for an exception that is caught and thrown anew at each call is far more than the calls took.</summary>
    [Fact]
    public async Task Also_when_each_call_catches_and_throws_anew()
    {
        (CellError error, _) = await _fixture.Fail("int F(int n) { try { return F(n + 1); } catch (Exception e) { throw new Exception(\"at \" + n, e); } } F(0)").WaitAsync(Patience);
        Assert.Equal("at 0", error.Message);
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    [Fact]
    public async Task On_a_thread_of_the_cells_own_it_is_told_in_the_cell()
    {
        RecordingOutput output = await _fixture.Run("int F(int n) => F(n + 1) + 1; var thread = new System.Threading.Thread(() => F(0)); thread.Start(); thread.Join();");
        await output.Until(o => o.StandardError.Contains("recursion without an end"));
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    /// <summary>Honest code that the checks must leave its meaning.</summary>
    [Theory]
    [InlineData("async Task<int> Depth(int n) => n == 0 ? 0 : 1 + await Depth(n - 1); await Depth(1500)", "1500")]
    [InlineData("async Task Leaf() => await Task.Yield(); async Task<int> Many() { for (int i = 0; i < 10_000; i++) await Leaf(); return 7; } await Many()", "7")]
    [InlineData("class C { byte b = 1 + 2; long l = int.MaxValue; Func<int, int> f = x => x + 1; int[] a = { 1, 2 }; List<int> list = [3]; object o = new(); public int Sum() => b + f(1) + a[1] + list[0]; } new C().Sum()", "10")]
    [InlineData("record R(int X, string S, R Next = null); var r = new R(1, \"a\", new R(2, \"b\")); $\"{r} {r == new R(1, \"a\", new R(2, \"b\"))}\"", "R { X = 1, S = a, Next = R { X = 2, S = b, Next =  } } True")]
    [InlineData("record G<T>(T V); sealed record H<T>(T V, object O) : G<T>(V) { public int Extra => 1; } new H<int>(1, null).Equals(new H<int>(1, null))", "True")]
    [InlineData("interface IThing { } record R(object O) : IThing; new R(1) == new R(1)", "True")]
    [InlineData("int n = 0; Action<int> add = x => n += x; add(2); new List<int> { 1 }.ForEach(x => n += x); Action more = () => n++; more(); n", "4")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; int hits = 0; Action hit = () => Console.Write(hits++); hit(); e.Compile()(1)", "2")]
    [InlineData("(from x in new[] { 1, 2, 3 }.AsQueryable() let y = x * 2 where y > 2 select y + 1).Sum()", "12")]
    [InlineData("(from x in new[] { 1, 2, 3 } let y = x * 2 where y > 2 select new { y }).Sum(a => a.y)", "10")]
    [InlineData("class B { public int N; public B(byte n) { N = n; } } class D : B { public D() : base(1) { } } new D().N", "1")]
    [InlineData("int i = 0; again: i++; if (i < 5) goto again; switch (i) { case 5: goto default; default: i = 9; break; } i", "9")]
    [InlineData("Func<int, Exception> f = n => throw new Exception(); Func<Task> g = async () => await Task.Delay(1); await g(); 5", "5")]
    public async Task Honest_code_means_the_same(string code, string expected) => Assert.Equal(expected, (await _fixture.Run(code)).Result["text/plain"]);
}

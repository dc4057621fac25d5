using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>What a notebook may rely on, held against .NET Interactive's C# kernel as documented for the kit.</summary>
public sealed class CellSemanticsTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("\"text\"", "text")]
    [InlineData("1.5", "1.5")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("(string)null", "<null>")]
    [InlineData("var x = 3; x * 2", "6")]
    [InlineData("return 7;", "7")]
    [InlineData("await Task.FromResult(5)", "5")]
    [InlineData("await Task.Run(async () => { await Task.Delay(20); return 6; })", "6")]
    [InlineData("await new ValueTask<int>(8)", "8")]
    [InlineData("int Twice(int a) => 2 * a;\nTwice(4)", "8")]
    [InlineData("new[] { 1, 2, 3 }.Sum()", "6")]
    [InlineData("true", "True")]
    public async Task A_trailing_expression_is_the_result(string code, string expected)
    {
        Assert.Equal(expected, (await _fixture.Run(code)).Result["text/plain"]);
    }

    [Theory]
    [InlineData("1 + 1;", false)]
    [InlineData("var x = 1;", true)]
    [InlineData("await Task.Delay(1)", true)]
    [InlineData("Console.Write(1)", true)]
    [InlineData("display(1)", true)]
    [InlineData("", true)]
    [InlineData("// nothing but a comment", true)]
    [InlineData("using System.IO;", true)]
    public async Task A_statement_has_no_result(string code, bool compiles)
    {
        if (compiles) Assert.Empty((await _fixture.Run(code)).Results);
        else Assert.Contains("CS0201", Assert.Single((await _fixture.Fail(code)).Error.Diagnostics));
    }

    [Fact]
    public async Task Names_of_earlier_cells_stay()
    {
        await _fixture.Run("using System.IO;\nint x = 1; int Next() => ++x; record Point(int X, int Y); class Node { public Node? Next; }");
        await _fixture.Run("x += 10;");
        Assert.Equal("12", (await _fixture.Run("Next()")).Result["text/plain"]);
        Assert.Equal("a.txt", (await _fixture.Run("Path.GetFileName(\"b/a.txt\")")).Result["text/plain"]);
        Assert.Equal("5", (await _fixture.Run("new Point(2, 5).Y")).Result["text/plain"]);
        Assert.Equal("text", (await _fixture.Run("var x = \"text\"; x")).Result["text/plain"]);
        Assert.Equal("True", (await _fixture.Run("new Node { Next = new() }.Next is not null")).Result["text/plain"]);
    }

    /// <summary>A cell that declares nothing is left out of what later cells are compiled against; every way to declare something must keep it in.</summary>
    [Theory]
    [InlineData("int kept = 5;", "kept", "5")]
    [InlineData("int.TryParse(\"5\", out var kept);", "kept", "5")]
    [InlineData("if ((object)5 is int kept) Console.Write(kept);\nvar two = 2;", "two", "2")]
    [InlineData("var (left, right) = (2, 3);", "left + right", "5")]
    [InlineData("_ = (object)\"text\" is string kept;", "kept", "text")]
    [InlineData("int Kept() => 5;", "Kept()", "5")]
    [InlineData("class Kept { public int V => 5; }", "new Kept().V", "5")]
    [InlineData("enum Kept { One }", "Kept.One", "One")]
    [InlineData("int Kept => 5;", "Kept", "5")]
    [InlineData("delegate int Kept(int n);", "((Kept)(n => n + 1))(4)", "5")]
    [InlineData("using System.Globalization;", "CultureInfo.InvariantCulture.LCID", "127")]
    [InlineData("using static System.Math;\nConsole.Write(Abs(-1));", "Max(4, 5)", "5")]
    [InlineData("using Five = System.Int32;\nConsole.Write(1);", "Five.Parse(\"5\")", "5")]
    public async Task What_a_cell_declares_is_there_after_cells_that_declare_nothing(string declaring, string expression, string expected)
    {
        await _fixture.Run("Console.Write(\"nothing declared yet\");");
        await _fixture.Run(declaring);
        await _fixture.Run("Console.Write(\"nothing declared\");");
        await _fixture.Run("1 + 1");
        await _fixture.Run("var later = 1;");
        Assert.Equal(expected, (await _fixture.Run(expression)).Result["text/plain"]);
        Assert.Equal("1", (await _fixture.Run("later")).Result["text/plain"]);
    }

    [Fact]
    public async Task Cells_that_declare_nothing_take_no_place_among_those_that_do()
    {
        var names = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            await _fixture.Run($"Console.Write({i}); Func<int> f() => null;");
            await _fixture.Run($"var v{i} = {i};");
            await _fixture.Run($"Console.Write(v{i / 2});");
            (_, _) = await _fixture.Fail($"throw new Exception(\"{i}\");");
            names.Add($"v{i}");
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), _fixture.Session.Variables.Select(variable => variable.Name));
        Assert.Equal("780", (await _fixture.Run(string.Join(" + ", names))).Result["text/plain"]);
    }

    [Fact]
    public async Task Default_imports_are_those_of_dotnet_interactive_and_no_more()
    {
        await _fixture.Run("new StringBuilder(); new ArrayList(); new List<int>(); Task.CompletedTask.Wait(); new[] { 1 }.First(); HTML(\"\");".Replace("new StringBuilder();", "_ = new StringBuilder();")
            .Replace("new ArrayList();", "_ = new ArrayList();").Replace("new List<int>();", "_ = new List<int>();"));
        Assert.Contains("CS0103", (await _fixture.Fail("File.Exists(\"x\")")).Error.Diagnostics[0]);
    }

    [Fact]
    public async Task Both_console_streams_are_captured_also_from_tasks()
    {
        RecordingOutput output = await _fixture.Run("""
            Console.Write("a"); Console.WriteLine(1.5); Console.Error.WriteLine("e");
            await Task.WhenAll(Task.Run(() => Console.Write("t")), Task.Run(() => Console.Error.Write("u")));
            var thread = new System.Threading.Thread(() => Console.Write("v")); thread.Start(); thread.Join();
            """);
        Assert.Equal("a1.5\ntv", output.StandardOutput);
        Assert.Equal("e\nu", output.StandardError);
    }

    [Fact]
    public async Task Variables_assigned_before_a_throw_survive()
    {
        (CellError error, _) = await _fixture.Fail("int before = 5;\nint[] none = null;\nint after = none.Length;");
        Assert.Equal("System.NullReferenceException", error.Name);
        Assert.Equal(3, error.Line);
        Assert.Equal("int after = none.Length;", error.SourceLine);
        Assert.Equal("5,0", (await _fixture.Run("$\"{before},{after}\"")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_compile_error_names_place_and_code_and_changes_nothing()
    {
        (CellError error, RecordingOutput output) = await _fixture.Fail("int x = \"a\";");
        Assert.Equal("(1,9): error CS0029: Cannot implicitly convert type 'string' to 'int'", Assert.Single(error.Diagnostics));
        Assert.Equal(error.Diagnostics[0] + "\n", output.StandardError);
        Assert.Equal(("Error", "compilation error"), (error.Name, error.Message));
        Assert.Equal([error.Diagnostics[0], "    int x = \"a\";", "            ^^^"], error.Traceback);
        Assert.Contains("CS0103", (await _fixture.Fail("x")).Error.Diagnostics[0]);
    }

    [Fact]
    public async Task Columns_of_errors_are_the_readers_own_where_the_cell_is_rewritten()
    {
        (CellError error, _) = await _fixture.Fail("int F(int n) => F(n - 1); await Task.Delay(1); int x = \"a\";");
        Assert.Equal("(1,56): error CS0029: Cannot implicitly convert type 'string' to 'int'", Assert.Single(error.Diagnostics));
    }

    [Fact]
    public async Task Warnings_go_to_stderr_and_the_cell_runs()
    {
        RecordingOutput output = await _fixture.Run("int F() { return 1; int never = 2; }\nF()");
        Assert.StartsWith("(1,21): warning CS0162:", output.StandardError);
        Assert.Equal("1", output.Result["text/plain"]);
    }

    [Fact]
    public async Task An_exception_points_at_the_line_in_the_cell_that_threw()
    {
        await _fixture.Run("void Check(int n)\n{\n    if (n < 0) throw new ArgumentException($\"{n} is negative\");\n}");
        (CellError error, _) = await _fixture.Fail("int a = 1;\nCheck(-a);");
        Assert.Equal(("System.ArgumentException", "-1 is negative", 2), (error.Name, error.Message, error.Line));
        Assert.Contains("   at Check(Int32) in an earlier cell, line 3", error.Traceback);
        Assert.Contains("        if (n < 0) throw new ArgumentException($\"{n} is negative\");", error.Traceback);
        Assert.Contains(error.Traceback, line => line.EndsWith("in this cell, line 2", StringComparison.Ordinal));
        Assert.DoesNotContain(error.Traceback, line => line.Contains("Ddpg.Kernel", StringComparison.Ordinal) || line.Contains('/'));
    }

    [Theory]
    [InlineData("var a = new int[2];\nint at = 5;\n\nvar b = a[at];\nConsole.Write(b);", 4)]
    [InlineData("int[] a = [1];\nawait Task.Delay(1);\n// here\na[9] = 3;", 4)]
    [InlineData("int[] a = [1];\nfor (int i = 0; i < 3; i++)\n    a[i] = i;", 2)]
    [InlineData("#!time\nvar list = new List<int>();\nlist[3] = 1;", 3)]
    public async Task Also_where_the_runtime_knows_no_line_the_statement_is_named(string code, int line)
    {
        (CellError error, _) = await _fixture.Fail(code);
        Assert.Equal(line, error.Line);
        Assert.Contains(error.Traceback, text => text.EndsWith($"in this cell, line {line}", StringComparison.Ordinal));
        Assert.DoesNotContain(error.Traceback, text => text.Contains("ThrowHelper", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("throw new InvalidOperationException(\"now\");")]
    [InlineData("await Task.Delay(5); throw new InvalidOperationException(\"now\");")]
    [InlineData("await Task.Run(() => { throw new InvalidOperationException(\"now\"); });")]
    public async Task Exceptions_arrive_unwrapped(string code)
    {
        (CellError error, _) = await _fixture.Fail(code);
        Assert.Equal(("System.InvalidOperationException", "now", 1), (error.Name, error.Message, error.Line));
    }

    [Theory]
    [InlineData("namespace A { }", "CS7021")]
    [InlineData("static class E { public static int F(this int a) => a; }", "CS1109")]
    public async Task What_dotnet_interactive_refuses_is_refused(string code, string id)
    {
        Assert.Contains((await _fixture.Fail(code)).Error.Diagnostics, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("static int F(this int a) => a + 1;\n4.F()", "5")]
    [InlineData("unsafe int G() { int x = 3; int* p = &x; return *p; }\nG()", "3")]
    [InlineData("int P => 9;\nP", "9")]
    [InlineData("#nullable enable\n#pragma warning disable CS0168\nint unused;\n#region a\nint x = 4;\n#endregion\n#if DEBUG\n1\n#else\nx\n#endif", "4")]
    [InlineData("string? s = null;\ns is null", "True")]
    [InlineData("enum Colour { Red }\nColour.Red", "Red")]
    [InlineData("interface IA { int V { get; } } struct A : IA { public int V => 4; }\nnew A().V", "4")]
    public async Task What_dotnet_interactive_allows_is_allowed(string code, string expected)
    {
        RecordingOutput output = await _fixture.Run(code);
        Assert.Equal(expected, output.Result["text/plain"]);
        Assert.Equal("", output.StandardError);
    }

    [Theory]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1;\ne.ToString()", "x => (x + 1)")]
    [InlineData("var set = new HashSet<int>(); new List<int> { 1, 2, 2 }.ForEach(x => set.Add(x));\nset.Count", "2")]
    [InlineData("Action<int> print = x => Console.Write(x); print(3); Func<Task<int>> later = async () => await Task.FromResult(4);\nawait later()", "4")]
    [InlineData("Func<int> thrower = () => throw new Exception(); Func<int, Func<int, int>> add = a => b => a + b;\nadd(1)(2)", "3")]
    [InlineData("await Task.Run(() => Task.FromResult(5))", "5")]
    [InlineData("int n = 0; Action up = () => n++; up(); up();\nn", "2")]
    [InlineData("int[] a = [1, 2]; ref int First() => ref a[0]; First() = 7;\na[0]", "7")]
    [InlineData("int i = 0; while (i < 5) i++; do i++; while (i < 8); for (; i < 10; i++) ; foreach (var (x, y) in new[] { (1, 2) }) i += x + y;\ni", "13")]
    [InlineData("int x; while (true) { x = 5; break; }\nx", "5")]
    public async Task What_is_added_to_loops_and_lambdas_changes_no_meaning(string code, string expected)
    {
        RecordingOutput output = await _fixture.Run(code);
        Assert.Equal(expected, output.Result["text/plain"]);
        Assert.Equal("", output.StandardError);
    }

    [Fact]
    public async Task Windows_line_ends_are_line_ends()
    {
        (CellError error, _) = await _fixture.Fail("int a = 1;\r\n#!time\r\nint b = \"\";\r\n");
        Assert.StartsWith("(3,9): error CS0029", Assert.Single(error.Diagnostics));
    }

    [Fact]
    public async Task Blocking_on_asynchronous_code_does_not_deadlock()
    {
        Assert.Equal("3", (await _fixture.Run("async Task<int> F() { await Task.Delay(10); return 3; }\nawait Task.Delay(1);\nF().Result")).Result["text/plain"]);
    }

    [Fact]
    public async Task Cells_stay_on_one_thread_across_awaits()
    {
        await _fixture.Run("int before = Environment.CurrentManagedThreadId; await Task.Delay(10); int after = Environment.CurrentManagedThreadId;");
        Assert.Equal("True", (await _fixture.Run("before == after && after == Environment.CurrentManagedThreadId")).Result["text/plain"]);
    }

    [Fact]
    public async Task Text_is_the_same_under_a_german_locale()
    {
        var german = new System.Globalization.CultureInfo("de-DE");
        (System.Globalization.CultureInfo.CurrentCulture, var before) = (german, System.Globalization.CultureInfo.CurrentCulture);
        RecordingOutput output = await _fixture.Run("Console.Write($\"{1.5} {1234.5:N1}\"); await Task.Run(() => Console.Write(2.5)); 0.25");
        System.Globalization.CultureInfo.CurrentCulture = before;
        Assert.Equal("1.5 1,234.52.5", output.StandardOutput);
        Assert.Equal("0.25", output.Result["text/plain"]);
    }

    [Fact]
    public async Task Input_is_asked_from_the_front_end_and_its_absence_is_an_error_of_the_cell()
    {
        var output = new RecordingOutput();
        output.Answers.Enqueue("Ada");
        output.Answers.Enqueue("42");
        CellResult result = await _fixture.Session.ExecuteAsync("var name = await GetInputAsync(\"Name?\"); var n = int.Parse(Console.ReadLine()); $\"{name} {n}\"", output, CancellationToken.None);
        Assert.Equal(CellStatus.Ok, result.Status);
        Assert.Equal("Ada 42", output.Result["text/plain"]);
        Assert.Equal("Nobody to ask.", (await _fixture.Fail("Console.ReadLine()")).Error.Message);
    }
}

using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Tests.Notebooks;

[Trait("Speed", "tiny")]
public sealed class NotebookFormatTests
{
    private const string Jupyter = "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": null,\n   \"id\": \"a\",\n   \"metadata\": {},\n   \"outputs\": [],\n"
        + "   \"source\": [\n    \"var ü = \\\"\\\\t\\\";\\n\",\n    \"// 😀 < > & ' \\u001b\"\n   ]\n  }\n ],\n \"metadata\": {\n  \"z\": 1.50,\n  \"a\": 1e5,\n  \"n\": -0.0\n },\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n";

    public static TheoryData<string> Texts => new(
        Jupyter,
        Jupyter.TrimEnd('\n'),
        Jupyter.Replace("\n", "\r\n"),
        Jupyter.Replace("\n ", "\n  ").Replace("\n   ", "\n    "),
        Jupyter.Replace("ü", "\\u00fc").Replace("😀", "\\ud83d\\ude00"));

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_notebook_that_did_not_change_is_written_back_byte_for_byte(string text)
    {
        if (text.Contains("\n  \"cells\"", StringComparison.Ordinal)) text = Reindent(text, "  ");
        Assert.Equal(text, Notebook.Parse(text).ToText());
    }

    [Fact]
    public void A_byte_order_mark_stays()
    {
        using var folder = new TemporaryFolder("mark");
        string path = Path.Combine(folder.Path, "a.ipynb");
        File.WriteAllText(path, Jupyter, new System.Text.UTF8Encoding(true));
        Assert.Equal(File.ReadAllBytes(path), Notebook.Load(path).ToBytes());
    }

    [Fact]
    public void Lines_join_to_what_they_were()
    {
        foreach (string text in (string[])["", "a", "a\n", "a\nb", "\n\n", "a\r\nb"])
            Assert.Equal(text, NotebookText.Join(NotebookText.Lines(text)));
    }

    private static string Reindent(string text, string indent)
    {
        IEnumerable<string> lines = Jupyter.Split('\n').Select(line => string.Concat(Enumerable.Repeat(indent, line.Length - line.TrimStart(' ').Length)) + line.TrimStart(' '));
        return string.Join('\n', lines);
    }
}

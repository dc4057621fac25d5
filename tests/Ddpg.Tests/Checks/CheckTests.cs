using System.Reflection;
using Ddpg.Checks;
using static TorchSharp.torch;

namespace Ddpg.Tests.Checks;

[Trait("Speed", "tiny")]
public sealed class CheckTests
{
    [Fact]
    public void A_right_number_passes_and_says_how_close_it_is()
    {
        CheckResult result = Check.Close("soft update", 0.0050000001, 0.005, 1e-6, "hint");
        Assert.Equal((CheckOutcome.Passed, true, null), (result.Outcome, result.Passed, result.Hint));
        Assert.Equal("✓ soft update: passed (largest difference 1E-10, allowed 1E-06)", result.ToString());
    }

    [Fact]
    public void A_wrong_number_fails_with_difference_both_values_and_the_hint()
    {
        CheckResult result = Check.Close("soft update", () => 0.995, 0.005, 1e-6, "Which network gets the weight tau?");
        Assert.Equal(CheckOutcome.Failed, result.Outcome);
        Assert.Equal(0.99, result.LargestDifference!.Value, 12);
        Assert.Equal("✗ soft update: largest difference 0.99: yours 0.995, expected 0.005, allowed 1E-06. Hint: Which network gets the weight tau?", result.ToString());
    }

    [Fact]
    public void The_worst_element_is_named()
    {
        Assert.Contains("at [2]", Check.Close("returns", new[] { 1.0, 2.1, 4.0 }, new[] { 1.0, 2.0, 3.0 }, 0.01).Detail);
        Assert.Contains("at [1, 0]", Check.Close("y", tensor(new[] { 1f, 5f }, [2, 1]), tensor(new[] { 1f, 2f }, [2, 1]), 0.01).Detail);
        Assert.True(Check.Close("floats", () => new[] { 1f, 2f }, [1f, 2f], 0).Passed);
    }

    [Fact]
    public void A_column_is_not_a_row()
    {
        CheckResult result = Check.Close("target", () => zeros(3), zeros(3, 1), 1);
        Assert.Equal((CheckOutcome.Failed, "the shape is (3), expected (3, 1)."), (result.Outcome, result.Detail));
        Assert.Contains("(2), expected (3)", Check.Close("list", new[] { 1.0, 2.0 }, new[] { 1.0, 2.0, 3.0 }, 1).Detail);
    }

    [Fact]
    public void Not_a_number_fails_and_equal_infinities_pass()
    {
        Assert.False(Check.Close("nan", double.NaN, 0, 1e9).Passed);
        Assert.False(Check.Close("nan", new[] { 0, double.NaN, 0 }, new[] { 0.0, 0, 5 }, 1e9).Passed);
        Assert.True(Check.Close("infinite", double.PositiveInfinity, double.PositiveInfinity, 0).Passed);
        Assert.Throws<ArgumentOutOfRangeException>(() => Check.Close("tolerance", 1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Check.Close("tolerance", 1, 1, double.NaN));
    }

    [Fact]
    public void An_untouched_stub_is_not_solved_yet()
    {
        static double Stub() => throw new NotSolvedException("write the update here");
        CheckResult result = Check.Close("soft update", Stub, 1, 1e-6, "hint");
        Assert.Equal((CheckOutcome.NotSolved, null, "○ soft update: not solved yet"), (result.Outcome, result.Hint, result.ToString()));
        Assert.Equal(CheckOutcome.NotSolved, Check.That("stub", () => Stub() > 0).Outcome);
        Assert.Equal(CheckOutcome.NotSolved, Check.Equal("stub", Stub, 1).Outcome);
    }

    [Fact]
    public void What_an_answer_throws_becomes_a_failure_but_cancelling_goes_through()
    {
        CheckResult result = Check.Close("index", () => Array.Empty<double>()[0], 1, 0);
        Assert.Equal(CheckOutcome.Failed, result.Outcome);
        Assert.Contains("IndexOutOfRangeException", result.Detail);
        Assert.Throws<OperationCanceledException>(() => Check.That("cancelled", () => throw new OperationCanceledException()));
    }

    [Fact]
    public void Words_and_conditions()
    {
        Assert.True(Check.Equal("which bug", "replay", "replay").Passed);
        Assert.Equal("✗ which bug: noise is not the answer.", Check.Equal("which bug", "noise", "replay").ToString());
        Assert.True(Check.That("solved", () => true).Passed);
        Assert.Equal(CheckOutcome.Failed, Check.That("solved", () => false).Outcome);
    }

    [Fact]
    public void At_least_says_how_far_below_a_measurement_is()
    {
        Assert.Equal("passed (93.5, asked for at least 88)", Check.AtLeast("return", () => 93.5, 88).Detail);
        Assert.Equal("✗ return: -4 is 92 below the 88 asked for. Hint: swing", Check.AtLeast("return", () => -4, 88, "swing").ToString());
        Assert.Equal(CheckOutcome.Failed, Check.AtLeast("return", () => double.NaN, 88).Outcome);
        Assert.Equal(CheckOutcome.NotSolved, Check.AtLeast("return", () => throw new NotSolvedException(), 88).Outcome);
    }

    [Fact]
    public void All_needs_every_check_and_names_the_first_open_one()
    {
        Assert.Equal("passed (2 checks)", Check.All("both", Check.Close("a", 1, 1, 0), Check.Close("b", 2, 2, 0)).Detail);
        CheckResult open = Check.All("both", Check.Close("a", 1, 1, 0), Check.Close("b", 2, 3, 0, "look again"));
        Assert.Equal((CheckOutcome.Failed, "look again"), (open.Outcome, open.Hint));
        Assert.StartsWith("1 of 2 checks passed; b: ", open.Detail);
    }

    /// <summary>What a kernel does with a result, by .NET Interactive's convention: everything is found by name.</summary>
    [Fact]
    public void A_result_shows_itself_as_escaped_html_and_as_text()
    {
        Attribute attribute = typeof(CheckResult).GetCustomAttributes().Single(candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = ((IEnumerable<object>)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).ToList();
        CheckResult result = Check.Close("a < b", 2, 1, 0, "try <b>");
        Dictionary<string, string> shown = formatters.ToDictionary(
            formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!,
            formatter =>
            {
                using var writer = new StringWriter();
                Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [result, writer])!);
                return writer.ToString();
            });
        Assert.Equal(["text/html", "text/plain"], shown.Keys);
        Assert.Contains("<strong>a &lt; b</strong>", shown["text/html"]);
        Assert.Contains("try &lt;b&gt;", shown["text/html"]);
        Assert.Equal(result.ToString(), shown["text/plain"]);
    }
}

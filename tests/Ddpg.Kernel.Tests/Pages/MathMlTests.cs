using System.Xml.Linq;
using Ddpg.Kernel.Pages;

namespace Ddpg.Kernel.Tests.Pages;

[Trait("Speed", "tiny")]
public sealed class MathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("\\gamma^t", "<msup><mrow><mi>γ</mi></mrow><mrow><mi>t</mi></mrow></msup>")]
    [InlineData("r_{t+1}", "<msub><mrow><mi>r</mi></mrow><mrow><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></mrow></msub>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("0.99", "<mn>0.99</mn>")]
    [InlineData("10^{-3}.", "<msup><mrow><mn>10</mn></mrow><mrow><mrow><mo>−</mo><mn>3</mn></mrow></mrow></msup><mo>.</mo>")]
    [InlineData("s'", "<mrow><mi>s</mi><mtext class=\"prime\">′</mtext></mrow>")]
    [InlineData("\\mathbb{R}^n", "<msup><mrow><mi mathvariant=\"normal\">ℝ</mi></mrow><mrow><mi>n</mi></mrow></msup>")]
    [InlineData("\\mathcal{D}", "<mi mathvariant=\"normal\">𝒟</mi>")]
    [InlineData("\\hat{x}", "<mover accent=\"true\"><mrow><mi>x</mi></mrow><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData("a \\leftarrow b", "<mi>a</mi><mo>←</mo><mi>b</mi>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    public void Formulas_become_mathml(string latex, string expected)
    {
        Assert.Contains($"<semantics><mrow>{expected}</mrow>", MathMl.Of(latex, isDisplay: false));
    }

    [Theory]
    [InlineData("L(\\phi) = \\frac{1}{N}\\sum_{i=1}^{N}\\left(y_i - Q_\\phi(s_i, a_i)\\right)^2")]
    [InlineData("\\nabla_\\theta J \\approx \\mathbb{E}_{s\\sim\\mathcal{D}}\\left[\\nabla_a Q(s,a)\\big|_{a=\\mu(s)} \\nabla_\\theta\\mu_\\theta(s)\\right]")]
    [InlineData("\\begin{aligned} a &= b \\\\ &= c \\\\[4pt] \\end{aligned}")]
    [InlineData("\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}")]
    [InlineData("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}")]
    [InlineData("\\theta' \\leftarrow \\tau\\theta + (1-\\tau)\\theta'")]
    [InlineData("\\operatorname{clip}(a, -c, c),\\quad \\underbrace{x+y}_{z},\\ \\mathrm{d}t,\\ \\left\\| v \\right\\|_2,\\ \\{1, \\dots, n\\},\\ \\boldsymbol{\\mu},\\ \\ddot\\theta,\\ \\max_{a'} Q, \\overline{ab}, 5\\%")]
    public void What_the_field_writes_is_understood_and_well_formed(string latex)
    {
        string html = MathMl.Of(latex, isDisplay: true);
        Assert.StartsWith("<math", html);
        XElement.Parse(html);
    }

    [Theory]
    [InlineData("\\unknown{x}")]
    [InlineData("\\frac{1}")]
    [InlineData("{x")]
    [InlineData("x}")]
    [InlineData("\\left( x")]
    [InlineData("a_b_c")]
    [InlineData("\\begin{aligned} x")]
    [InlineData("\\begin{nothing} x \\end{nothing}")]
    [InlineData("\\")]
    [InlineData("x^")]
    public void What_is_not_understood_is_shown_as_its_source(string latex)
    {
        Assert.Equal($"<code class=\"tex\">{System.Net.WebUtility.HtmlEncode(latex)}</code>", MathMl.Of(latex, isDisplay: false));
    }

    [Fact]
    public void Deep_nesting_is_source_too()
    {
        Assert.StartsWith("<code", MathMl.Of(string.Concat(Enumerable.Repeat("{", 5000)) + "x" + string.Concat(Enumerable.Repeat("}", 5000)), isDisplay: false));
    }
}

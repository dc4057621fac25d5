using System.Text;

namespace Ddpg.Kernel.Pages;

/// <summary>Letters of Unicode's mathematical alphabets; browsers no longer make them from a font attribute.</summary>
internal static class MathAlphabet
{
    internal static string DoubleStruck(string text) => Map(text, 0x1D538, 0x1D552, 0x1D7D8, "C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ 1 𝟙");

    internal static string Script(string text) => Map(text, 0x1D49C, 0x1D4B6, 0, "B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ");

    internal static string Bold(string text) => Map(text, 0x1D400, 0x1D41A, 0x1D7CE, "");

    private static string Map(string text, int upper, int lower, int digit, string exceptions)
    {
        string[] pairs = exceptions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var mapped = new StringBuilder();
        foreach (char c in text)
        {
            int exception = Array.IndexOf(pairs, c.ToString());
            mapped.Append(exception >= 0 && exception % 2 == 0 ? pairs[exception + 1] : c switch
            {
                >= 'A' and <= 'Z' => char.ConvertFromUtf32(upper + c - 'A'),
                >= 'a' and <= 'z' => char.ConvertFromUtf32(lower + c - 'a'),
                >= '0' and <= '9' when digit > 0 => char.ConvertFromUtf32(digit + c - '0'),
                _ => c.ToString(),
            });
        }

        return mapped.ToString();
    }
}

namespace Ddpg.Kernel.Pages;

/// <summary>The tokens of a LaTeX formula: a command with its backslash, or one character (a surrogate pair counts as one).</summary>
internal sealed class MathTokens(string latex)
{
    private int _position;

    internal string? Peek()
    {
        SkipSpace();
        (int position, string? token) = (_position, Read());
        _position = position;
        return token;
    }

    internal string? Read()
    {
        SkipSpace();
        if (_position >= latex.Length) return null;
        int start = _position++;
        if (latex[start] != '\\')
        {
            if (char.IsHighSurrogate(latex[start]) && _position < latex.Length) _position++;
            return latex[start.._position];
        }

        if (_position < latex.Length && !char.IsAsciiLetter(latex[_position])) _position++;
        else while (_position < latex.Length && char.IsAsciiLetter(latex[_position])) _position++;
        return latex[start.._position];
    }

    internal bool TryRead(string token)
    {
        int position = _position;
        if (Read() == token) return true;
        _position = position;
        return false;
    }

    /// <summary>The text between braces as it stands, spaces included, or one token.</summary>
    internal string ReadRawGroup()
    {
        SkipSpace();
        if (_position >= latex.Length) throw new MathSyntaxException("an argument is missing");
        if (latex[_position] != '{') return Read()!;
        int depth = 0;
        int start = _position + 1;
        for (; _position < latex.Length; _position++)
        {
            if (latex[_position] == '\\') _position++;
            else if (latex[_position] == '{') depth++;
            else if (latex[_position] == '}' && --depth == 0) return latex[start.._position++];
        }

        throw new MathSyntaxException("a brace is not closed");
    }

    private void SkipSpace()
    {
        while (_position < latex.Length && (char.IsWhiteSpace(latex[_position]) || latex[_position] == '~'))
            _position++;
    }
}

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>The prefixes one subscriber asked for. Asking twice needs cancelling twice.</summary>
internal sealed class SubscriptionSet
{
    private readonly List<(byte[] Prefix, int Count)> _prefixes = [];

    /// <summary>Adds a prefix.</summary>
    /// <exception cref="ZmtpProtocolException">More prefixes than <paramref name="maximum"/>.</exception>
    public void Add(ReadOnlySpan<byte> prefix, int maximum)
    {
        int index = IndexOf(prefix);
        if (index >= 0) _prefixes[index] = (_prefixes[index].Prefix, _prefixes[index].Count + 1);
        else if (_prefixes.Count < maximum) _prefixes.Add((prefix.ToArray(), 1));
        else throw new ZmtpProtocolException($"more than {maximum} subscriptions");
    }

    /// <summary>Takes one subscription to the prefix back; unknown ones are ignored.</summary>
    public void Remove(ReadOnlySpan<byte> prefix)
    {
        int index = IndexOf(prefix);
        if (index < 0) return;
        if (_prefixes[index].Count == 1) _prefixes.RemoveAt(index);
        else _prefixes[index] = (_prefixes[index].Prefix, _prefixes[index].Count - 1);
    }

    /// <summary>Whether any prefix begins the topic.</summary>
    public bool Matches(ReadOnlySpan<byte> topic)
    {
        foreach ((byte[] prefix, _) in _prefixes)
            if (topic.StartsWith(prefix)) return true;
        return false;
    }

    private int IndexOf(ReadOnlySpan<byte> prefix)
    {
        for (int i = 0; i < _prefixes.Count; i++)
            if (prefix.SequenceEqual(_prefixes[i].Prefix)) return i;
        return -1;
    }
}

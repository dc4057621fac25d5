using Ddpg.Environments;
using Ddpg.Files;
using Ddpg.Networks;


namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    private const int FileVersion = 2;

    private static ReadOnlySpan<byte> FileMark => "DDPGAGT\0"u8;

    private IEnumerable<FlatWeights> AllWeights =>
        [Policy.Weights, TargetPolicy.Weights, .. QNetworks.Select(critic => critic.Weights), .. TargetQNetworks.Select(critic => critic.Weights)];

    private IEnumerable<FlatAdam> Optimizers => [_policyOptimizer, .. _criticOptimizers];

    /// <summary>
    /// Writes networks, target networks, optimizer moments, settings and counters to one file, whole or not at all. An agent loaded from it
    /// learns on exactly as this one would.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checksummed.Write(path, FileMark, FileVersion, Write);
    }

    /// <summary>Makes an agent from a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no agent's file, is of another version, or is damaged; the message says which.</exception>
    public static DdpgAgent Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using BinaryReader reader = Checksummed.Read(path, FileMark, FileVersion, "an agent's file; write one with DdpgAgent.Save");
        return Read(reader);
    }

    /// <summary>Says how long the run is to be that this agent is trained in: the one setting that a run may change on its way, for no network depends on it.</summary>
    internal void PlanFor(long totalSteps) => Hyperparameters = Hyperparameters with { TotalSteps = totalSteps };

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Hyperparameters.ToJson());
        WriteBox(writer, ObservationSpace);
        WriteBox(writer, ActionSpace);
        writer.Write(Seed);
        writer.Write(Updates);
        writer.Write(_smoothing.State);
        foreach (FlatWeights weights in AllWeights)
            writer.WriteTensor(weights.Values);
        foreach (FlatAdam optimizer in Optimizers)
            optimizer.Write(writer);
        writer.Write(_normalizer?.Save() ?? []);
    }

    internal static DdpgAgent Read(BinaryReader reader)
    {
        Hyperparameters hyperparameters = Hyperparameters.FromJson(reader.ReadString());
        (Box observations, Box actions) = (ReadBox(reader), ReadBox(reader));
        var agent = new DdpgAgent(observations, actions, hyperparameters, reader.ReadUInt64()) { Updates = reader.ReadInt64() };
        agent._smoothing.State = reader.ReadRandomState();
        foreach (FlatWeights weights in agent.AllWeights)
            reader.ReadTensor(weights.Values);
        foreach (FlatAdam optimizer in agent.Optimizers)
            optimizer.Read(reader);
        double[] statistics = reader.ReadDoubles();
        agent._normalizer?.Restore(statistics);
        return agent;
    }

    private static void WriteBox(BinaryWriter writer, Box box)
    {
        writer.Write(box.Length);
        foreach (float bound in (ReadOnlySpan<float>)[.. box.Low, .. box.High])
            writer.Write(bound);
    }

    private static Box ReadBox(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        float[] bounds = new float[2 * length];
        for (int i = 0; i < bounds.Length; i++)
            bounds[i] = reader.ReadSingle();
        return new Box(bounds.AsSpan(0, length), bounds.AsSpan(length));
    }
}

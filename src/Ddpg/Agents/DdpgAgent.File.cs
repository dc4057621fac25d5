using System.Security.Cryptography;
using Ddpg.Environments;
using Ddpg.Randomness;
using Ddpg.Files;
using static TorchSharp.torch.nn;

namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    private const int FileVersion = 1;
    private static readonly byte[] FileMark = "DDPGAGT\0"u8.ToArray();

    /// <summary>
    /// Writes networks, target networks, optimizer moments, settings and counters to one file, whole or not at all. An agent loaded from it
    /// learns on exactly as this one would.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        Write(writer);
        writer.Flush();
        byte[] content = buffer.ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Write(content);
            stream.Write(SHA256.HashData(content));
        });
    }

    /// <summary>Makes an agent from a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no agent's file, is of a newer version, or is damaged; the message says which.</exception>
    public static DdpgAgent Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> content = file.AsSpan(0, Math.Max(0, file.Length - SHA256.HashSizeInBytes));
        if (!content.StartsWith(FileMark))
            throw new InvalidDataException($"{path} is not an agent's file; write one with DdpgAgent.Save.");
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file.AsSpan(content.Length)))
            throw new InvalidDataException($"{path} is damaged: its checksum does not match its content. Use an earlier save.");
        using var reader = new BinaryReader(new MemoryStream(file, FileMark.Length, content.Length - FileMark.Length));
        int version = reader.ReadInt32();
        return version == FileVersion
            ? Read(reader)
            : throw new InvalidDataException($"{path} has format {version}; this version of the kit reads format {FileVersion}.");
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(FileMark);
        writer.Write(FileVersion);
        writer.Write(Hyperparameters.ToJson());
        WriteBox(writer, ObservationSpace);
        WriteBox(writer, ActionSpace);
        writer.Write(Seed);
        writer.Write(Updates);
        writer.Write(_smoothing.State.Position);
        writer.Write(_smoothing.State.SpareNormal ?? double.NaN);
        foreach (Module network in Networks)
            network.save(writer);
        _policyOptimizer.save_state_dict(writer);
        _criticOptimizer.save_state_dict(writer);
    }

    private static DdpgAgent Read(BinaryReader reader)
    {
        Hyperparameters hyperparameters = Hyperparameters.FromJson(reader.ReadString());
        (Box observations, Box actions) = (ReadBox(reader), ReadBox(reader));
        var agent = new DdpgAgent(observations, actions, hyperparameters, reader.ReadUInt64()) { Updates = reader.ReadInt64() };
        (ulong position, double spare) = (reader.ReadUInt64(), reader.ReadDouble());
        agent._smoothing.State = new RandomState(agent.Seed, RandomStream.General, position, double.IsNaN(spare) ? null : spare);
        foreach (Module network in agent.Networks)
            network.load(reader);
        agent._policyOptimizer.load_state_dict(reader);
        agent._criticOptimizer.load_state_dict(reader);
        return agent;
    }

    private IEnumerable<Module> Networks => [Policy, TargetPolicy, .. QNetworks, .. TargetQNetworks];

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

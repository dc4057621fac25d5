using System.Runtime.InteropServices;
using Ddpg.Randomness;
using static TorchSharp.torch;

namespace Ddpg.Files;

/// <summary>What checkpoints hold besides plain numbers.</summary>
internal static class BinaryExtensions
{
    extension(BinaryWriter writer)
    {
        public void Write(RandomState state)
        {
            writer.Write(state.Seed);
            writer.Write((int)state.Stream);
            writer.Write(state.Position);
            writer.Write(state.SpareNormal);
        }

        public void Write(double? value)
        {
            writer.Write(value.HasValue);
            writer.Write(value.GetValueOrDefault());
        }

        public void Write(IReadOnlyCollection<double> values)
        {
            writer.Write(values.Count);
            foreach (double value in values)
                writer.Write(value);
        }

        public void Write(IReadOnlyCollection<long> values)
        {
            writer.Write(values.Count);
            foreach (long value in values)
                writer.Write(value);
        }

        /// <summary>With their length before them; BinaryWriter's own Write(byte[]) has none.</summary>
        public void WriteBytes(byte[] bytes)
        {
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        public void Write(IReadOnlyCollection<float> values)
        {
            writer.Write(values.Count);
            foreach (float value in values)
                writer.Write(value);
        }

        /// <summary>A float32 tensor's values, wherever it lies.</summary>
        public void WriteTensor(Tensor tensor)
        {
            using Tensor local = tensor.cpu();
            writer.Write((IReadOnlyCollection<float>)local.data<float>().ToArray());
        }
    }

    extension(BinaryReader reader)
    {
        /// <summary>Puts values into a tensor that is there already.</summary>
        /// <exception cref="InvalidDataException">There are more or fewer values than the tensor holds.</exception>
        public void ReadTensor(Tensor destination)
        {
            float[] values = reader.ReadFloats();
            if (values.Length != destination.numel())
                throw new InvalidDataException($"The file holds {values.Length} numbers where this network has {destination.numel()}: it belongs to another one.");
            using var untracked = no_grad();
            using Tensor local = tensor(values, destination.shape);
            destination.copy_(local);
        }

        public RandomState ReadRandomState() => new(reader.ReadUInt64(), (RandomStream)reader.ReadInt32(), reader.ReadUInt64(), reader.ReadOptionalDouble());

        public double? ReadOptionalDouble()
        {
            bool present = reader.ReadBoolean();
            double value = reader.ReadDouble();
            return present ? value : null;
        }

        public double[] ReadDoubles() => MemoryMarshal.Cast<byte, double>(reader.ReadBytes(checked(sizeof(double) * reader.ReadInt32()))).ToArray();

        public long[] ReadLongs() => MemoryMarshal.Cast<byte, long>(reader.ReadBytes(checked(sizeof(long) * reader.ReadInt32()))).ToArray();

        public byte[] ReadByteArray() => reader.ReadBytes(reader.ReadInt32());

        public float[] ReadFloats() => MemoryMarshal.Cast<byte, float>(reader.ReadBytes(checked(sizeof(float) * reader.ReadInt32()))).ToArray();
    }
}

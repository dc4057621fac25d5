using System.Runtime.InteropServices;
using Ddpg.Randomness;

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
    }

    extension(BinaryReader reader)
    {
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

using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>TorchSharp's weight file: element type, number of dimensions, dimensions (all LEB128), values little endian in row order.</summary>
internal static class TensorFile
{
    internal static void WriteNumber(BinaryWriter writer, long value)
    {
        if (value < 0) throw new ArgumentOutOfRangeException(nameof(value), value, "The weight file holds no negative numbers.");
        for (ulong rest = (ulong)value; ;)
        {
            var low = (byte)(rest & 0x7F);
            rest >>= 7;
            writer.Write(rest == 0 ? low : (byte)(low | 0x80));
            if (rest == 0) return;
        }
    }

    internal static long ReadNumber(BinaryReader reader)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte next = reader.ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0) return (long)value;
        }
        throw new FormatException("This is no weight file of TorchSharp: a number in it has no end.");
    }

    internal static void WriteName(BinaryWriter writer, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        WriteNumber(writer, bytes.Length);
        writer.Write(bytes);
    }

    internal static string ReadName(BinaryReader reader)
    {
        long length = ReadNumber(reader);
        if (length > 1 << 16) throw new FormatException($"This is no weight file of TorchSharp: a name in it would have {length} bytes.");
        byte[] bytes = reader.ReadBytes((int)length);
        if (bytes.Length < length) throw new EndOfStreamException("The weight file ends in the middle of a name.");
        return Encoding.UTF8.GetString(bytes);
    }

    internal static void Write(Tensor tensor, BinaryWriter writer)
    {
        WriteNumber(writer, (sbyte)tensor.dtype);
        WriteNumber(writer, tensor.Sizes.Length);
        foreach (long size in tensor.Sizes) WriteNumber(writer, size);
        using Tensor dense = tensor.IsDense ? tensor.detach() : tensor.detach().contiguous();
        writer.Write(dense.bytes);
    }

    internal static void Skip(BinaryReader reader) => Read(reader);

    internal static void ReadInto(Tensor tensor, BinaryReader reader, bool skip)
    {
        (ScalarType type, long[] sizes, byte[] values) = Read(reader);
        if (skip) return;
        if (type != tensor.dtype) throw new ArgumentException($"The file has a tensor of type {type}, and the one to fill is {tensor.Type}.");
        if (!sizes.AsSpan().SequenceEqual(tensor.Sizes))
            throw new ArgumentException($"The file has a tensor of shape {Tensor.Show(sizes)}, and the one to fill is {Tensor.Show(tensor.Sizes)}.");
        using var scope = NewDisposeScope();
        Tensor loaded = new(sizes, type) { bytes = values };
        Casts.CopyInto(loaded, tensor);
        tensor.Live.MarkWritten();
    }

    private static (ScalarType Type, long[] Sizes, byte[] Values) Read(BinaryReader reader)
    {
        var type = (ScalarType)ReadNumber(reader);
        if (!Enum.IsDefined(type)) throw new FormatException($"The weight file has a tensor of an element type ({(int)type}) that this engine has not.");
        long dimensions = ReadNumber(reader);
        if (dimensions > 64) throw new FormatException($"This is no weight file of TorchSharp: a tensor in it would have {dimensions} dimensions.");
        var sizes = new long[dimensions];
        for (int i = 0; i < sizes.Length; i++) sizes[i] = ReadNumber(reader);
        long length = Shapes.Count(sizes) * type.Size();
        byte[] values = reader.ReadBytes(checked((int)length));
        if (values.Length < length) throw new EndOfStreamException($"The weight file ends after {values.Length} of a tensor's {length} bytes.");
        return (type, sizes, values);
    }
}

using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // The way out to ordinary .NET values, and in again.
    public partial class Tensor
    {
        /// <summary>The values, read and written in place. The element type must be the tensor's.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        /// <summary>The one value of a tensor with one element, in its own element type or converted without loss of meaning.</summary>
        public unsafe T item<T>() where T : unmanaged
        {
            if (numel() != 1) throw new InvalidOperationException($"item<T>() reads a tensor with one element, and this one has {Count} (shape {Show(Sizes)}).");
            T value = TypeOf<T>() == Type ? *Pointer<T>() : Converted<T>();
            GC.KeepAlive(this);
            return value;
        }

        private unsafe T Converted<T>() where T : unmanaged
        {
            using Tensor x = new([], TypeOf<T>());
            Casts.CopyInto(Type == ScalarType.Bool && TypeOf<T>() != ScalarType.Bool ? this : reshape(), x);
            return *x.Pointer<T>();
        }

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            if (i < 0 || i >= numel()) throw new ArgumentOutOfRangeException(nameof(i), i, $"This tensor has {Count} elements.");
            return data<T>().At(i);
        }

        public Scalar ToScalar() => Type switch
        {
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Byte => item<byte>(),
            _ => item<bool>(),
        };

        /// <summary>The bytes of a dense tensor, little endian.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new InvalidOperationException("The bytes of a tensor that is not contiguous do not lie side by side; use contiguous() first.");
                return new Span<byte>(Live.Data + (Offset * Type.Size()), checked((int)(Count * Type.Size())));
            }
            set
            {
                if (value.Length != Count * Type.Size()) throw new ArgumentException($"{value.Length} bytes do not fill a tensor of {Count * Type.Size()}.");
                value.CopyTo(bytes);
                Live.MarkWritten();
            }
        }
    }
}

using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A tensor's values in row order, whatever its strides; writing changes the tensor.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _ = tensor.Live;
        if (torch.TypeOf<T>() != tensor.Type)
            throw new ArgumentException($"A tensor of type {tensor.Type} has no values of type {typeof(T).Name}. Use data<{NameOf(tensor.Type)}>(), or convert the tensor with to().");
        _tensor = tensor;
    }

    public long Count => _tensor.numel();

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => At(Place(indices), strided: true);
        set => Set(Place(indices), value);
    }

    public T[] ToArray()
    {
        var values = new T[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>An array with the tensor's shape; a tensor without dimensions gives an array of one element.</summary>
    public Array ToNDArray()
    {
        long[] shape = _tensor.Sizes.Length == 0 ? [1] : _tensor.Sizes;
        var array = Array.CreateInstance(typeof(T), shape);
        T[] values = ToArray();
        Buffer.BlockCopy(values, 0, array, 0, Buffer.ByteLength(values));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int count = Math.Min(array.Length - arrayIndex, checked((int)(Count - tensorIndex)));
        Span<T> destination = array.Slice(arrayIndex, count);
        if (_tensor.IsDense) new ReadOnlySpan<T>(_tensor.Pointer<T>() + tensorIndex, count).CopyTo(destination);
        else for (int i = 0; i < count; i++) destination[i] = At(tensorIndex + i);
        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int count = Math.Min(array.Length - arrayIndex, checked((int)(Count - tensorIndex)));
        ReadOnlySpan<T> source = array.Slice(arrayIndex, count);
        if (_tensor.IsDense) source.CopyTo(new Span<T>(_tensor.Pointer<T>() + tensorIndex, count));
        else for (int i = 0; i < count; i++) _tensor.Pointer<T>()[PlaceOf(tensorIndex + i)] = source[i];
        _tensor.Live.MarkWritten();
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() { }

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => ToArray().Aggregate(17, HashCode.Combine);

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    internal T At(long index) => At(PlaceOf(index), strided: true);

    private unsafe T At(long place, bool strided)
    {
        T value = _tensor.Pointer<T>()[place];
        GC.KeepAlive(_tensor);
        return value;
    }

    private unsafe void Set(long place, T value)
    {
        _tensor.Pointer<T>()[place] = value;
        _tensor.Live.MarkWritten();
    }

    private long PlaceOf(long index)
    {
        if (_tensor.IsDense) return index;
        long place = 0;
        for (int d = _tensor.Sizes.Length - 1; d >= 0; d--)
        {
            place += index % _tensor.Sizes[d] * _tensor.Steps[d];
            index /= _tensor.Sizes[d];
        }
        return place;
    }

    private long Place(long[] indices)
    {
        if (indices.Length == 1 && _tensor.Sizes.Length != 1 && indices[0] >= 0 && indices[0] < Count) return PlaceOf(indices[0]);
        if (indices.Length != _tensor.Sizes.Length) throw new ArgumentException($"{indices.Length} indices for a tensor of shape {torch.Tensor.Show(_tensor.Sizes)}.");
        long place = 0;
        for (int d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _tensor.Sizes[d])
                throw new ArgumentOutOfRangeException(nameof(indices), indices[d], $"Dimension {d} of shape {torch.Tensor.Show(_tensor.Sizes)} has indices 0 to {_tensor.Sizes[d] - 1}.");
            place += indices[d] * _tensor.Steps[d];
        }
        return place;
    }

    private static string NameOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => "float",
        torch.ScalarType.Float64 => "double",
        torch.ScalarType.Int64 => "long",
        torch.ScalarType.Int32 => "int",
        torch.ScalarType.Bool => "bool",
        _ => "byte",
    };
}

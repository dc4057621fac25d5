namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an indexing expression: a number, a slice, <c>...</c>, a new axis, or a tensor of indices or booleans.</summary>
    public struct TensorIndex
    {
        internal enum Kind { Single, Slice, Ellipsis, NewAxis, Bool, Tensor }

        internal Kind Type;
        internal long? Start;
        internal long? Stop;
        internal long? Step;
        internal Tensor? Indices;

        public static TensorIndex Ellipsis = new() { Type = Kind.Ellipsis };
        public static TensorIndex None = new() { Type = Kind.NewAxis };
        public static TensorIndex Null = new() { Type = Kind.NewAxis };
        public static TensorIndex Colon = Slice();

        public static TensorIndex Single(long? index) => index is null ? None : new() { Type = Kind.Single, Start = index };

        public static TensorIndex Bool(bool value) => new() { Type = Kind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Type = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range)
        {
            long? start = range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value;
            long? stop = range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value;
            // ^0 as a start means "past the end": an empty slice.
            return range.Start is { IsFromEnd: true, Value: 0 } ? Slice(0, 0) : Slice(start, stop);
        }

        public static TensorIndex Tensor(Tensor tensor) => new() { Type = Kind.Tensor, Indices = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}

namespace TorchSharp;

public static partial class torch
{
    // Parts of a tensor: slices (views), and joining.
    public partial class Tensor
    {
        public Tensor slice(long dim, long start, long finish, long step)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            if (Sizes.Length == 0) throw new InvalidOperationException("A tensor without dimensions cannot be sliced.");
            if (step <= 0) throw new ArgumentOutOfRangeException(nameof(step), step, "A slice's step must be positive.");
            long size = Sizes[d];
            long from = Math.Clamp(start < 0 ? start + size : start, 0, size);
            long to = Math.Clamp(finish < 0 ? finish + size : finish, from, size);
            long[] sizes = (long[])Sizes.Clone(), steps = (long[])Steps.Clone();
            sizes[d] = (to - from + step - 1) / step;
            steps[d] *= step;
            return Viewing(sizes, steps, Offset + (from * Steps[d]), "SliceBackward0",
                static (node, g) => node.Send(0, g.Embed(node.InputShape(0), (int)node.Shape[0], node.Shape[1], node.Shape[2])), shape: [d, from, step]);
        }

        /// <summary>The reverse of a slice: zeros of the larger shape with this tensor in the slice's place.</summary>
        private Tensor Embed(long[] shape, int dim, long start, long step)
        {
            Tensor y = zeros(shape, Type);
            long[] steps = (long[])y.Steps.Clone();
            steps[dim] *= step;
            using (Tensor hole = y.View(Sizes, steps, start * y.Steps[dim])) Casts.CopyInto(this, hole);
            if (!Tracks(this)) return y;
            return y.By(new Node("EmbedBackward", static (node, g) =>
            {
                long size = node.InputShape(0)[node.Shape[0]];
                node.Send(0, g.slice(node.Shape[0], node.Shape[1], node.Shape[1] + (size * node.Shape[2]), node.Shape[2]));
            }, this)
            { Shape = [dim, start, step] });
        }

        public Tensor narrow(long dim, long start, long length)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            long from = start < 0 ? start + Sizes[d] : start;
            if (from < 0 || length < 0 || from + length > Sizes[d])
                throw new ArgumentOutOfRangeException(nameof(start), start, $"narrow: {length} elements from {start} do not lie within dimension {dim} of shape {Show(Sizes)}.");
            return slice(d, from, from + length, 1);
        }

        public Tensor select(long dim, long index)
        {
            if (LiveSizes.Length == 0) throw new InvalidOperationException("A tensor without dimensions cannot be indexed; use item<T>().");
            int d = Shapes.Dimension(dim, Sizes.Length);
            long i = index < 0 ? index + Sizes[d] : index;
            if (i < 0 || i >= Sizes[d])
                throw new ArgumentOutOfRangeException(nameof(index), index, $"Dimension {dim} of shape {Show(Sizes)} has indices {-Sizes[d]} to {Sizes[d] - 1}.");
            return Viewing([.. Sizes[..d], .. Sizes[(d + 1)..]], [.. Steps[..d], .. Steps[(d + 1)..]], Offset + (i * Steps[d]), "SelectBackward0",
                static (node, g) => node.Send(0, g.unsqueeze(node.Shape[0]).Embed(node.InputShape(0), (int)node.Shape[0], node.Shape[1], 1)), shape: [d, i]);
        }

        public Tensor[] unbind(long dimension = 0)
        {
            int d = Shapes.Dimension(dimension, LiveSizes.Length);
            return [.. Enumerable.Range(0, (int)Sizes[d]).Select(i => select(d, i))];
        }

        public Tensor[] split(long size, int dim = 0)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            if (size <= 0) throw new ArgumentOutOfRangeException(nameof(size), size, "split: a part must have at least one element.");
            var parts = new List<Tensor>();
            for (long start = 0; start < Sizes[d] || parts.Count == 0; start += size) parts.Add(slice(d, start, start + size, 1));
            return [.. parts];
        }

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            if (sizes.Sum() != Sizes[d]) throw new ArgumentException($"split: sizes {Show(sizes)} add up to {sizes.Sum()}, and dimension {dim} has {Sizes[d]}.");
            var parts = new Tensor[sizes.Length];
            long start = 0;
            for (int i = 0; i < sizes.Length; start += sizes[i++]) parts[i] = narrow(d, start, sizes[i]);
            return parts;
        }

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            if (chunks <= 0) throw new ArgumentOutOfRangeException(nameof(chunks), chunks, "chunk: at least one part.");
            return split(Math.Max(1, (Sizes[d] + chunks - 1) / chunks), d);
        }

        internal static Tensor Join(ReadOnlySpan<Tensor> tensors, long dim)
        {
            if (tensors.Length == 0) throw new ArgumentException("cat needs at least one tensor.");
            tensors = WithoutEmptyVectors(tensors);
            int d = Shapes.Dimension(dim, tensors[0].LiveSizes.Length);
            long[] sizes = (long[])tensors[0].Sizes.Clone();
            if (sizes.Length == 0) throw new InvalidOperationException("Tensors without dimensions cannot be concatenated; use stack().");
            ScalarType type = tensors[0].Type;
            bool tracks = false;
            sizes[d] = 0;
            foreach (Tensor tensor in tensors)
            {
                CheckJoin(tensors[0], tensor, d);
                sizes[d] += tensor.LiveSizes[d];
                type = Shapes.Promote(type, tensor.Type);
                tracks |= Tracks(tensor);
            }
            var y = new Tensor(sizes, type);
            JoinValues(tensors, d, y);
            if (!tracks) return y;
            return y.By(new Node("CatBackward0", static (node, g) =>
            {
                long start = 0;
                for (int i = 0; i < node.EdgeCount; i++)
                {
                    long length = node.InputShape(i)[node.Index];
                    if (node.Needs(i)) node.Send(i, g.narrow(node.Index, start, length));
                    start += length;
                }
            }, tensors)
            { Index = d });
        }

        private static unsafe void JoinValues(ReadOnlySpan<Tensor> tensors, int d, Tensor y)
        {
            long start = 0, size = y.Type.Size();
            long outer = Shapes.Count(y.Sizes.AsSpan(0, d)), inner = Shapes.Count(y.Sizes.AsSpan(d + 1));
            foreach (Tensor tensor in tensors)
            {
                long block = tensor.Sizes[d] * inner * size, row = y.Sizes[d] * inner * size;
                if (tensor.IsDense && tensor.Type == y.Type)
                {
                    byte* from = (byte*)tensor.Live.Data + (tensor.Offset * size), to = y.Live.Data + (start * inner * size);
                    for (long i = 0; i < outer; i++) Buffer.MemoryCopy(from + (i * block), to + (i * row), block, block);
                    GC.KeepAlive(tensor);
                }
                else
                {
                    using Tensor hole = y.View(tensor.Sizes, y.Steps, start * y.Steps[d]);
                    Casts.CopyInto(tensor, hole);
                }
                start += tensor.Sizes[d];
            }
        }

        /// <summary>PyTorch's old habit: a vector without elements joins anything.</summary>
        private static ReadOnlySpan<Tensor> WithoutEmptyVectors(ReadOnlySpan<Tensor> tensors)
        {
            bool any = false;
            foreach (Tensor tensor in tensors) any |= tensor.LiveSizes is [0];
            if (!any) return tensors;
            Tensor[] others = [.. tensors.ToArray().Where(t => t.Sizes is not [0])];
            return others.Length == 0 ? tensors : others;
        }

        private static void CheckJoin(Tensor first, Tensor other, int dim)
        {
            bool fits = other.LiveSizes.Length == first.Sizes.Length;
            for (int i = 0; fits && i < first.Sizes.Length; i++) fits = i == dim || first.Sizes[i] == other.Sizes[i];
            if (!fits) throw new ArgumentException($"cat: shapes {Show(first.Sizes)} and {Show(other.Sizes)} must be equal except in dimension {dim}.");
        }

        public Tensor flip(params long[] dims)
        {
            Tensor y = this;
            foreach (long dim in dims)
            {
                int d = Shapes.Dimension(dim, LiveSizes.Length);
                y = y.index_select(d, arange(Sizes[d] - 1, -1, -1, ScalarType.Int64));
            }
            return y;
        }

        public Tensor roll(long shifts, long? dims = null)
        {
            if (dims is not { } dim) return flatten().roll(shifts, 0).reshape(Sizes);
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            if (Sizes[d] == 0) return clone();
            long shift = ((shifts % Sizes[d]) + Sizes[d]) % Sizes[d];
            return shift == 0 ? clone() : Join([slice(d, Sizes[d] - shift, Sizes[d], 1), slice(d, 0, Sizes[d] - shift, 1)], d);
        }

        public Tensor diag(long diagonal = 0)
        {
            if (LiveSizes.Length == 1)
            {
                long n = Sizes[0] + Math.Abs(diagonal);
                Tensor spread = zeros([n * n], Type).index_add(0, DiagonalPositions(n, n, diagonal), this, 1);
                return spread.reshape(n, n);
            }
            if (Sizes.Length != 2) throw new ArgumentException($"diag needs 1 or 2 dimensions, not shape {Show(Sizes)}.");
            return flatten().index_select(0, DiagonalPositions(Sizes[0], Sizes[1], diagonal));
        }

        private static Tensor DiagonalPositions(long rows, long columns, long diagonal)
        {
            long row = Math.Max(0, -diagonal), column = Math.Max(0, diagonal);
            long count = Math.Max(0, Math.Min(rows - row, columns - column));
            return arange(count).mul(columns + 1).add((row * columns) + column);
        }

        public Tensor trace() => diag().sum();

        public Tensor tril(long diagonal = 0) => Triangle((row, column) => column - row <= diagonal);

        public Tensor triu(long diagonal = 0) => Triangle((row, column) => column - row >= diagonal);

        private Tensor Triangle(Func<long, long, bool> keeps)
        {
            if (LiveSizes.Length < 2) throw new ArgumentException($"A triangle needs at least 2 dimensions, not shape {Show(Sizes)}.");
            long rows = Sizes[^2], columns = Sizes[^1];
            var mask = new bool[rows * columns];
            for (long i = 0; i < mask.Length; i++) mask[i] = keeps(i / columns, i % columns);
            return torch.where(tensor(mask, [rows, columns]), this, zeros_like());
        }
    }
}

using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    // Indexing expressions, and picking elements by a tensor of positions.
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1] { get => select(0, i1); set => select(0, i1).Assign(value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] { get => At(i1, i2); set => At(i1, i2).Assign(value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] { get => At(i1, i2, i3); set => At(i1, i2, i3).Assign(value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] { get => At(i1, i2, i3, i4); set => At(i1, i2, i3, i4).Assign(value); }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices] { get => At(indices); set => At(indices).Assign(value); }

        private Tensor At(params ReadOnlySpan<long> indices)
        {
            Tensor y = this;
            foreach (long i in indices) y = y.select(0, i);
            return y;
        }

        private void Assign(Tensor value) => copy_(value);

        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor basic, Tensor?[] advanced) = Basic(indices);
            return advanced.Length == 0 ? basic : basic.Pick(advanced);
        }

        public Tensor index(params Tensor[] indices) => Pick(indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            (Tensor basic, Tensor?[] advanced) = Basic(indices);
            if (advanced.Length == 0)
            {
                if (accumulate) basic.add_(value);
                else basic.copy_(value);
            }
            else
            {
                basic.PutAt(basic.Positions(advanced), value, accumulate);
            }
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            PutAt(Positions(indices), value, accumulate);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => index_put_(full([], value, Type), indices, false);

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(full([], value, Type), indices, false);

        /// <summary>Numbers, slices, new axes and the ellipsis give a view; tensors are left for the dimensions at which they stand.</summary>
        private (Tensor View, Tensor?[] Advanced) Basic(TensorIndex[] indices)
        {
            int consumed = indices.Sum(static i => i.Type switch
            {
                TensorIndex.Kind.Ellipsis or TensorIndex.Kind.NewAxis => 0,
                TensorIndex.Kind.Tensor when i.Indices!.Type == ScalarType.Bool => (int)i.Indices.ndim,
                TensorIndex.Kind.Bool => throw new ArgumentException("A single true or false as an index is not supported; use a Bool tensor."),
                _ => 1,
            });
            if (consumed > LiveSizes.Length) throw new ArgumentException($"Too many indices ({consumed}) for a tensor of shape {Show(Sizes)}.");
            Tensor y = this;
            var advanced = new List<Tensor?>();
            int d = 0;
            foreach (TensorIndex i in indices)
            {
                switch (i.Type)
                {
                    case TensorIndex.Kind.Single:
                        y = y.select(d, i.Start!.Value);
                        break;
                    case TensorIndex.Kind.Slice:
                        y = y.slice(d, i.Start ?? 0, i.Stop ?? long.MaxValue, i.Step ?? 1);
                        d++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        d += LiveSizes.Length - consumed;
                        break;
                    case TensorIndex.Kind.NewAxis:
                        y = y.unsqueeze(d++);
                        break;
                    default:
                        while (advanced.Count < d) advanced.Add(null);
                        advanced.Add(i.Indices);
                        d += i.Indices!.Type == ScalarType.Bool ? (int)i.Indices.ndim : 1;
                        break;
                }
            }
            return (y, [.. advanced]);
        }

        /// <summary>Tensors of positions, one to a dimension, broadcast against each other; null takes the whole dimension.</summary>
        private Tensor Pick(Tensor?[] indices)
        {
            (Tensor moved, Tensor flat, long[] shape, int place) = Flatten(indices);
            int taken = moved.Sizes.Length;
            Tensor picked = moved.index_select(0, flat).reshape([.. shape, .. moved.Sizes.AsSpan(1)]);
            if (place == 0) return picked;
            // The picked dimensions stand where the tensors stood, if those were neighbours.
            int k = shape.Length, rest = taken - 1;
            var order = new List<long>();
            for (int i = 0; i < place; i++) order.Add(k + i);
            for (int i = 0; i < k; i++) order.Add(i);
            for (int i = place; i < rest; i++) order.Add(k + i);
            return picked.permute([.. order]);
        }

        private (Tensor Moved, Tensor Flat, long[] Shape, int Place) Flatten(Tensor?[] indices)
        {
            Tensor?[] whole = SplitMasks(indices);
            if (whole.Length > LiveSizes.Length) throw new ArgumentException($"Too many indices ({whole.Length}) for a tensor of shape {Show(Sizes)}.");
            int[] dims = [.. Enumerable.Range(0, whole.Length).Where(i => whole[i] is not null)];
            if (dims.Length == 0) throw new ArgumentException("An indexing expression needs at least one index.");
            Tensor? flat = null;
            foreach (int d in dims)
            {
                Tensor i = Wrapped(whole[d]!, Sizes[d], d);
                flat = flat is null ? i : flat.mul(Sizes[d]).add(i);
            }
            bool neighbours = dims[^1] - dims[0] == dims.Length - 1;
            int[] others = [.. Enumerable.Range(0, Sizes.Length).Except(dims)];
            Tensor moved = permute([.. dims.Concat(others).Select(i => (long)i)]);
            moved = moved.reshape([dims.Aggregate(1L, (n, i) => n * Sizes[i]), .. others.Select(i => Sizes[i])]);
            return (moved, flat!.flatten(), flat.Sizes, neighbours ? dims[0] : 0);
        }

        /// <summary>A Bool tensor stands for the positions at which it is true, in as many dimensions as it has.</summary>
        private static Tensor?[] SplitMasks(Tensor?[] indices)
        {
            var whole = new List<Tensor?>();
            foreach (Tensor? i in indices)
            {
                if (i is not null && i.Type == ScalarType.Bool) whole.AddRange(i.nonzero().unbind(1));
                else whole.Add(i);
            }
            return [.. whole];
        }

        private static unsafe Tensor Wrapped(Tensor indices, long size, int dim)
        {
            if (indices.Type.IsFloating()) throw new ArgumentException($"Indices are whole numbers, not {indices.Type}.");
            Tensor y = indices.As(ScalarType.Int64).clone();
            long* p = y.Pointer<long>();
            for (long i = 0; i < y.Count; i++)
            {
                if (p[i] < -size || p[i] >= size) throw new ArgumentOutOfRangeException(nameof(indices), p[i], $"Dimension {dim} of size {size} has indices {-size} to {size - 1}.");
                if (p[i] < 0) p[i] += size;
            }
            return y;
        }

        /// <summary>For each element that an indexing expression picks, its place in this tensor counted row by row.</summary>
        private Tensor Positions(Tensor?[] indices) => arange(Count).reshape(LiveSizes).Pick(indices);

        private void PutAt(Tensor positions, Tensor value, bool accumulate)
        {
            Tensor values = value.Expanded(positions.Sizes).to(Type).flatten();
            Tensor flat = reshape(-1);
            Tensor updated = accumulate
                ? flat.index_add(0, positions.flatten(), values, 1)
                : flat.index_copy(0, positions.flatten(), values);
            copy_(updated.reshape(Sizes));
        }

        public Tensor index_select(long dim, Tensor index)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            Tensor i = Wrapped(index.reshape(-1), Sizes[d], d);
            Tensor x = contiguous();
            long[] sizes = (long[])Sizes.Clone();
            sizes[d] = i.Count;
            var y = new Tensor(sizes, Type);
            Blocks.Gather(x, i, y, d);
            if (!Tracks(this)) return y;
            return y.By(new Node("IndexSelectBackward0", static (node, g) =>
                node.Send(0, zeros(node.InputShape(0), g.Type).index_add(node.Index, node.Saved(0), g, 1)), this)
            { Index = d }.Save(i));
        }

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            Tensor i = Wrapped(index.reshape(-1), Sizes[d], d);
            Tensor y = contiguous().clone().detach(), s = (alpha.Value == 1 ? source : source.mul(alpha)).to(Type).contiguous();
            CheckSource(source, d, i.Count, nameof(index_add));
            Blocks.Scatter(s, i, y, d, add: true);
            if (!Tracks(this, source)) return y;
            return y.By(new Node("IndexAddBackward0", static (node, g) =>
            {
                node.Send(0, g);
                if (node.Needs(1)) node.Send(1, g.index_select(node.Index, node.Saved(0)).mul(node.Number1));
            }, this, source)
            { Index = d, Number1 = alpha.Value }.Save(i));
        }

        public Tensor index_copy(long dim, Tensor index, Tensor source)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            Tensor i = Wrapped(index.reshape(-1), Sizes[d], d);
            CheckSource(source, d, i.Count, nameof(index_copy));
            Tensor y = contiguous().clone().detach();
            Blocks.Scatter(source.to(Type).contiguous(), i, y, d, add: false);
            if (!Tracks(this, source)) return y;
            return y.By(new Node("IndexCopyBackward0", static (node, g) =>
            {
                if (node.Needs(0)) node.Send(0, g.index_copy(node.Index, node.Saved(0), zeros(node.InputShape(1), g.Type)));
                if (node.Needs(1)) node.Send(1, g.index_select(node.Index, node.Saved(0)));
            }, this, source)
            { Index = d }.Save(i));
        }

        private void CheckSource(Tensor source, int dim, long count, string operation)
        {
            long[] expected = (long[])Sizes.Clone();
            if (expected.Length > 0) expected[dim] = count;
            if (!source.Sizes.AsSpan().SequenceEqual(expected))
                throw new ArgumentException($"{operation}: the source has shape {Show(source.Sizes)}; {count} indices into dimension {dim} of {Show(Sizes)} need {Show(expected)}.");
        }

        public Tensor gather(long dim, Tensor index)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            Tensor places = Places(d, index);
            return flatten().index_select(0, places.flatten()).reshape(index.Sizes);
        }

        public Tensor scatter(long dim, Tensor index, Tensor src)
        {
            Tensor places = Places(Shapes.Dimension(dim, LiveSizes.Length), index).flatten();
            return flatten().index_copy(0, places, Corner(src, index).flatten()).reshape(Sizes);
        }

        public Tensor scatter_add(long dim, Tensor index, Tensor src)
        {
            Tensor places = Places(Shapes.Dimension(dim, LiveSizes.Length), index).flatten();
            return flatten().index_add(0, places, Corner(src, index).flatten(), 1).reshape(Sizes);
        }

        private static Tensor Corner(Tensor src, Tensor index)
        {
            Tensor y = src;
            for (int i = 0; i < index.Sizes.Length; i++) y = y.narrow(i, 0, index.Sizes[i]);
            return y;
        }

        /// <summary>For an index tensor that names positions along one dimension, the places counted row by row.</summary>
        private Tensor Places(int dim, Tensor index)
        {
            if (index.LiveSizes.Length != Sizes.Length) throw new ArgumentException($"The index has shape {Show(index.Sizes)} and the tensor {Show(Sizes)}: as many dimensions are needed.");
            Tensor places = Wrapped(index, Sizes[dim], dim).mul(Shapes.DenseSteps(Sizes)[dim]);
            long[] steps = Shapes.DenseSteps(Sizes);
            for (int i = 0; i < Sizes.Length; i++)
            {
                if (i == dim) continue;
                if (index.Sizes[i] > Sizes[i]) throw new ArgumentException($"The index of shape {Show(index.Sizes)} is larger than {Show(Sizes)} in dimension {i}.");
                long[] along = [.. Enumerable.Repeat(1L, Sizes.Length)];
                along[i] = index.Sizes[i];
                places = places.add(arange(index.Sizes[i]).mul(steps[i]).reshape(along));
            }
            return places;
        }

        public unsafe Tensor nonzero()
        {
            Tensor mask = Truth().contiguous();
            bool* p = mask.Pointer<bool>();
            var found = new List<long>();
            for (long i = 0; i < mask.Count; i++)
            {
                if (!p[i]) continue;
                long rest = i;
                int at = found.Count;
                for (int d = Sizes.Length - 1; d >= 0; d--)
                {
                    found.Insert(at, rest % Sizes[d]);
                    rest /= Sizes[d];
                }
            }
            GC.KeepAlive(mask);
            long rows = Sizes.Length == 0 ? (mask.Count > 0 && p[0] ? 1 : 0) : found.Count / Sizes.Length;
            return tensor(found.ToArray(), [rows, Sizes.Length]);
        }

        public Tensor masked_select(Tensor mask)
        {
            long[] sizes = Shapes.Broadcast(LiveSizes, mask.Sizes);
            Tensor places = mask.Expanded(sizes).flatten().nonzero().select(1, 0);
            return Expanded(sizes).flatten().index_select(0, places);
        }

        public Tensor masked_fill(Tensor mask, Scalar value) => torch.where(mask, full([], value, Type), this);

        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);
    }
}

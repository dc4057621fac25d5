namespace TorchSharp;

public static partial class torch
{
    // Other shapes on the same values. A view shares its buffer; its rule carries a gradient back to the shape it came from.
    public partial class Tensor
    {
        public Tensor T => Sizes.Length == 2 ? t() : permute([.. Enumerable.Range(0, Sizes.Length).Reverse().Select(i => (long)i)]);

        public Tensor mT => transpose(-2, -1);

        private Tensor Viewing(long[] sizes, long[] steps, long offset, string name, BackwardFunction rule, long index = 0, long[]? shape = null)
        {
            Tensor y = View(sizes, steps, offset);
            y.ViewBase = ViewBase ?? this;
            return !Tracks(this) ? y : y.By(new Node(name, rule, this) { Index = index, Shape = shape ?? [] });
        }

        public Tensor view(params long[] shape)
        {
            long[] sizes = Resolve(shape);
            return TryView(sizes) ?? throw new InvalidOperationException(
                $"A tensor of shape {Show(Sizes)} with steps {Show(Steps)} cannot be seen as {Show(sizes)} without copying. Use reshape().");
        }

        public Tensor view_as(Tensor other) => view(other.Sizes);

        public Tensor reshape(params long[] shape)
        {
            long[] sizes = Resolve(shape);
            return TryView(sizes) ?? contiguous().TryView(sizes)!;
        }

        private Tensor? TryView(long[] sizes)
        {
            long[]? steps = IsDense ? Shapes.DenseSteps(sizes) : StepsFor(sizes);
            return steps is null ? null : Viewing(sizes, steps, Offset, "ViewBackward0", static (node, g) => node.Send(0, g.reshape(node.InputShape(0))));
        }

        /// <summary>Steps that show these values in another shape, when each run of old dimensions that a new one covers is dense in itself.</summary>
        private long[]? StepsFor(long[] sizes)
        {
            if (Count == 0) return Shapes.DenseSteps(sizes);
            var steps = new long[sizes.Length];
            int n = sizes.Length - 1;
            long chunkBase = Steps.Length > 0 ? Steps[^1] : 1, chunk = 1, filled = 1;
            for (int d = Sizes.Length - 1; d >= 0; d--)
            {
                chunk *= Sizes[d];
                if (d > 0 && (Sizes[d - 1] == 1 || Steps[d - 1] == chunk * chunkBase)) continue;
                for (; n >= 0 && (filled < chunk || sizes[n] == 1); n--)
                {
                    steps[n] = filled * chunkBase;
                    filled *= sizes[n];
                }
                if (filled != chunk) return null;
                if (d > 0) (chunkBase, chunk, filled) = (Steps[d - 1], 1, 1);
            }
            return n < 0 ? steps : null;
        }

        private long[] Resolve(long[] shape)
        {
            _ = Live;
            int free = Array.IndexOf(shape, -1);
            if (free < 0)
            {
                if (Shapes.Count(shape) != Count) throw new ArgumentException($"Shape {Show(shape)} holds {Shapes.Count(shape)} elements, and the tensor of shape {Show(Sizes)} has {Count}.");
                return (long[])shape.Clone();
            }
            var sizes = (long[])shape.Clone();
            sizes[free] = 1;
            long known = Shapes.Count(sizes);
            if (known == 0 || Count % known != 0) throw new ArgumentException($"Shape {Show(shape)} does not fit a tensor of {Count} elements (shape {Show(Sizes)}).");
            sizes[free] = Count / known;
            return sizes;
        }

        public Tensor flatten(long start_dim = 0, long end_dim = -1)
        {
            if (LiveSizes.Length == 0) return reshape(1);
            int start = Shapes.Dimension(start_dim, Sizes.Length), end = Shapes.Dimension(end_dim, Sizes.Length);
            if (start > end) throw new ArgumentException($"flatten: start_dim {start_dim} comes after end_dim {end_dim}.");
            return start == end ? this : reshape([.. Sizes[..start], Shapes.Count(Sizes.AsSpan(start, end - start + 1)), .. Sizes[(end + 1)..]]);
        }

        public Tensor ravel() => reshape(-1);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length);
            return reshape([.. Sizes[..d], .. sizes, .. Sizes[(d + 1)..]]);
        }

        public Tensor squeeze(long? dim = null)
        {
            int only = dim is { } given ? Shapes.Dimension(given, LiveSizes.Length) : -1;
            var sizes = new List<long>();
            var steps = new List<long>();
            for (int i = 0; i < LiveSizes.Length; i++)
            {
                if (Sizes[i] == 1 && (only < 0 || only == i)) continue;
                sizes.Add(Sizes[i]);
                steps.Add(Steps[i]);
            }
            return Viewing([.. sizes], [.. steps], Offset, "SqueezeBackward0", static (node, g) => node.Send(0, g.reshape(node.InputShape(0))));
        }

        public Tensor unsqueeze(long dim)
        {
            int d = Shapes.Dimension(dim, LiveSizes.Length + 1);
            long step = d < Sizes.Length ? Sizes[d] * Steps[d] : 1;
            return Viewing([.. Sizes[..d], 1, .. Sizes[d..]], [.. Steps[..d], step, .. Steps[d..]], Offset,
                "UnsqueezeBackward0", static (node, g) => node.Send(0, g.reshape(node.InputShape(0))));
        }

        public Tensor t() => LiveSizes.Length switch
        {
            0 or 1 => view(Sizes),
            2 => transpose(0, 1),
            _ => throw new InvalidOperationException($"t() is for at most 2 dimensions, and this tensor has {Sizes.Length}; use transpose() or permute()."),
        };

        public Tensor transpose(long dim0, long dim1)
        {
            int a = Shapes.Dimension(dim0, LiveSizes.Length), b = Shapes.Dimension(dim1, Sizes.Length);
            long[] sizes = (long[])Sizes.Clone(), steps = (long[])Steps.Clone();
            if (sizes.Length > 0)
            {
                (sizes[a], sizes[b]) = (sizes[b], sizes[a]);
                (steps[a], steps[b]) = (steps[b], steps[a]);
            }
            return Viewing(sizes, steps, Offset, "TransposeBackward0", static (node, g) => node.Send(0, g.transpose(node.Shape[0], node.Shape[1])), shape: [a, b]);
        }

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation)
        {
            int n = LiveSizes.Length;
            if (permutation.Length != n) throw new ArgumentException($"permute needs {n} dimensions, one for each of shape {Show(Sizes)}, and got {Show(permutation)}.");
            long[] sizes = new long[n], steps = new long[n], inverse = new long[n];
            var seen = new bool[n];
            for (int i = 0; i < n; i++)
            {
                int d = Shapes.Dimension(permutation[i], n);
                if (seen[d]) throw new ArgumentException($"permute: dimension {d} appears twice in {Show(permutation)}.");
                seen[d] = true;
                (sizes[i], steps[i], inverse[d]) = (Sizes[d], Steps[d], i);
            }
            return Viewing(sizes, steps, Offset, "PermuteBackward0", static (node, g) => node.Send(0, g.permute(node.Shape)), shape: inverse);
        }

        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        public Tensor expand(params long[] sizes) => Expanded(sizes);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Expanded(sizes);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Expanded(sizes.ToArray());

        public Tensor expand(Size sizes, bool isImplicit = false) => Expanded(sizes.Shape);

        public Tensor expand_as(Tensor other) => Expanded(other.Sizes);

        public Tensor broadcast_to(params long[] shape) => Expanded(shape);

        private Tensor Expanded(long[] shape)
        {
            int lead = shape.Length - LiveSizes.Length;
            if (lead < 0) throw new ArgumentException($"expand: {Show(shape)} has fewer dimensions than the tensor's {Show(Sizes)}.");
            var sizes = new long[shape.Length];
            for (int i = 0; i < shape.Length; i++)
            {
                long own = i < lead ? 1 : Sizes[i - lead];
                sizes[i] = shape[i] == -1 && i >= lead ? own : shape[i];
                if (sizes[i] < 0 || (own != 1 && own != sizes[i]))
                    throw new ArgumentException($"expand: shape {Show(Sizes)} cannot become {Show(shape)}; only sizes of 1 can be expanded (dimension {i}).");
            }
            return Viewing(sizes, Shapes.BroadcastSteps(Sizes, Steps, sizes), Offset, "ExpandBackward0", static (node, g) => node.Send(0, g));
        }

        public Tensor repeat(params long[] sizes)
        {
            int lead = sizes.Length - LiveSizes.Length;
            if (lead < 0) throw new ArgumentException($"repeat needs at least {Sizes.Length} numbers for shape {Show(Sizes)}.");
            Tensor x = reshape([.. Enumerable.Repeat(1L, lead), .. Sizes]);
            // Each size n becomes (repeats, n), which expand fills and reshape merges.
            var split = new List<long>();
            var filled = new List<long>();
            var merged = new List<long>();
            for (int i = 0; i < sizes.Length; i++)
            {
                split.AddRange([1, x.Sizes[i]]);
                filled.AddRange([sizes[i], x.Sizes[i]]);
                merged.Add(sizes[i] * x.Sizes[i]);
            }
            return x.reshape([.. split]).Expanded([.. filled]).clone().reshape([.. merged]);
        }

        public Tensor tile(long[] reps) => repeat([.. Enumerable.Repeat(1L, Math.Max(0, LiveSizes.Length - reps.Length)), .. reps]);

        public Tensor contiguous() => IsDense ? this : clone();

        public Tensor clone()
        {
            var y = new Tensor(LiveSizes, Type);
            Casts.CopyInto(this, y);
            return !Tracks(this) ? y : y.By(new Node("CloneBackward0", static (node, g) => node.Send(0, g), this));
        }

        public Tensor alias() => view(LiveSizes);

        public Tensor detach() => Alias(null);

        /// <summary>The values in another element type; this very tensor when it has it already.</summary>
        internal Tensor As(ScalarType type)
        {
            if (Type == type) return this;
            var y = new Tensor(LiveSizes, type);
            Casts.CopyInto(this, y);
            return y;
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor y = this;
            if (Type != type)
            {
                y = As(type);
                if (Tracks(this)) y.By(new Node("ToCopyBackward0", static (node, g) => node.Send(0, g), this));
            }
            else if (copy)
            {
                y = clone();
            }
            if (disposeAfter && y != (object)this) Dispose();
            return y;
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(Type, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(type, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.Type);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor type_as(Tensor tensor) => to(tensor.Type);

        public Tensor cpu() => this;

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>The gradient of a broadcast: summed over the dimensions that were repeated.</summary>
        internal Tensor SumToShape(long[] shape)
        {
            if (Sizes.AsSpan().SequenceEqual(shape)) return this;
            int lead = Sizes.Length - shape.Length;
            var dims = new List<long>();
            for (int i = 0; i < Sizes.Length; i++)
                if (i < lead || (shape[i - lead] == 1 && Sizes[i] != 1)) dims.Add(i);
            Tensor y = dims.Count == 0 ? this : sum([.. dims], keepdim: true);
            return y.reshape(shape);
        }
    }
}

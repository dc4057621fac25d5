using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int32 = 3,
        Int64 = 4,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
    }

    /// <summary>A strided view of a native buffer, with its place in the gradient graph.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;
        private static long _handles;

        private Node? _accumulator;
        private bool _requiresGrad;
        private Node? _baseSource;
        private bool _followsBase;
        private IntPtr _handle;

        /// <summary>Takes one more share of the buffer.</summary>
        internal Tensor(Storage storage, long[] sizes, long[] steps, long offset, ScalarType type)
        {
            storage.AddReference();
            Store = storage;
            Sizes = sizes;
            Steps = steps;
            Offset = offset;
            Type = type;
            Count = Shapes.Count(sizes);
            IsDense = Shapes.IsDense(sizes, steps);
            Register();
        }

        /// <summary>A new dense tensor whose values are not set.</summary>
        internal Tensor(long[] sizes, ScalarType type)
        {
            Sizes = sizes;
            Steps = Shapes.DenseSteps(sizes);
            Type = type;
            Count = Shapes.Count(sizes);
            IsDense = true;
            Store = NativePool.Rent(Count * type.Size());
            Register();
        }

        internal Storage? Store { get; private set; }
        internal long[] Sizes { get; private set; }
        internal long[] Steps { get; private set; }
        internal long Offset { get; private set; }
        internal ScalarType Type { get; private set; }
        internal long Count { get; private set; }
        internal bool IsDense { get; private set; }
        internal DisposeScope? Scope { get; set; }
        internal int ScopeSlot { get; set; }

        /// <summary>The tensor that this one is a differentiable view of.</summary>
        internal Tensor? ViewBase
        {
            get;
            set
            {
                field = value;
                _baseSource = value?.GradFn;
                _followsBase = GradMode.Enabled;
            }
        }

        internal Tensor? Gradient { get; set; }

        internal Node? GradFn
        {
            get
            {
                if (ViewBase is { Store: not null } root && _followsBase && root.GradFn != _baseSource) FollowBase(root);
                return field;
            }
            set
            {
                value?.AddReference();
                field?.Release();
                field = value;
            }
        }

        internal bool RequiresGradient => _requiresGrad || GradFn is not null;

        internal Storage Live => Store ?? throw new ObjectDisposedException(
            nameof(Tensor), "This tensor was disposed of, by Dispose or by the DisposeScope that it belonged to. " +
            "Keep a value beyond its scope with MoveToOuterDisposeScope() or DetachFromDisposeScope().");

        /// <summary>Tensors alive now.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => Interlocked.Read(ref _peakCount);

        public bool IsInvalid => Store is null;

        public IntPtr Handle
        {
            get
            {
                _ = Live;
                if (_handle == IntPtr.Zero) _handle = (IntPtr)Interlocked.Increment(ref _handles);
                return _handle;
            }
        }

        public long Dimensions => LiveSizes.Length;
        public long ndim => LiveSizes.Length;
        public long NumberOfElements => numel();
        public long ElementSize => Type.Size();
        public ScalarType dtype { get { _ = Live; return Type; } }
        public Device device { get { _ = Live; return CPU; } }
        public DeviceType device_type => DeviceType.CPU;
        public bool is_cuda => false;
        public bool is_leaf => GradFn is null;
        public long[] shape => (long[])LiveSizes.Clone();

        private long[] LiveSizes { get { _ = Live; return Sizes; } }

        public bool requires_grad
        {
            get { _ = Live; return RequiresGradient; }
            set => requires_grad_(value);
        }

        /// <summary>The gradient that backward left here; null before the first. Each reading gives a new tensor on the same values.</summary>
        public Tensor? grad
        {
            get { _ = Live; return Gradient?.Alias(null); }
            set
            {
                if (value is not null && !value.Sizes.AsSpan().SequenceEqual(LiveSizes))
                    throw new ArgumentException($"A gradient has its tensor's shape [{string.Join(", ", Sizes)}], not [{string.Join(", ", value.Sizes)}].");
                Tensor? kept = value?.Alias(null);
                kept?.LeaveScope();
                Gradient?.Dispose();
                Gradient = kept;
            }
        }

        public long dim() => LiveSizes.Length;
        public long numel() { _ = Live; return Count; }
        public long element_size() => Type.Size();
        public long size(int dim) => LiveSizes[Shapes.Dimension(dim, Sizes.Length)];
        public long[] size() => shape;
        public long[] stride() { _ = Live; return (long[])Steps.Clone(); }
        public long stride(int dim) { _ = Live; return Steps[Shapes.Dimension(dim, Steps.Length)]; }
        public bool is_contiguous() { _ = Live; return IsDense; }
        public bool is_cpu() => true;
        public bool is_floating_point() => Type.IsFloating();
        public bool is_integral() => !Type.IsFloating();
        public bool is_nonzero() => numel() == 1
            ? item<double>() != 0
            : throw new InvalidOperationException($"The truth of a tensor with {Count} elements is ambiguous; use any() or all().");

        public Tensor requires_grad_(bool requires_grad = true)
        {
            _ = Live;
            if (requires_grad && !Type.IsFloating())
                throw new InvalidOperationException($"Only floating-point tensors can require gradients, and this one is {Type}.");
            if (!requires_grad && GradFn is not null)
                throw new InvalidOperationException("requires_grad can be switched off only on leaves. Use detach() for a tensor without history.");
            _requiresGrad = requires_grad;
            return this;
        }

        public void retain_grad()
        {
            if (!RequiresGradient) throw new InvalidOperationException("retain_grad() on a tensor that does not require grad.");
            if (GradFn is { } source) source.Retains = this;
        }

        public void Dispose()
        {
            if (Store is not { } storage) return;
            Store = null;
            if (Scope is { } scope)
            {
                scope.Remove(this);
                DisposeScopeManager.Tensors.DisposedInScopeCount++;
            }
            else
            {
                DisposeScopeManager.Tensors.DisposedOutsideScopeCount++;
            }
            Interlocked.Decrement(ref _totalCount);
            storage.CountTensor(-1);
            storage.Release();
            if (GradFn is { } source && ReferenceEquals(source.Retains, this)) source.Retains = null;
            GradFn = null;
            Gradient?.Dispose();
            Gradient = null;
            ViewBase = null;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.Scope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (Scope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public override int GetHashCode() => Handle.GetHashCode();

        /// <summary>Whether both have the same shape and the same values. For the elementwise comparison use <c>eq</c>.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Sizes.AsSpan().SequenceEqual(target.Sizes) && (Count == 0 || eq(target).all().item<bool>());

        internal static void ForgetCount(int tensors) => Interlocked.Add(ref _totalCount, -tensors);

        internal void LeaveScope() => Scope?.Remove(this);

        /// <summary>Where a gradient for this tensor goes: to the operation that made it, or into a leaf's <c>grad</c>, or nowhere (null).</summary>
        internal Node? GradientSource() => GradFn ?? (_requiresGrad ? _accumulator ??= new Node(this) : null);

        /// <summary>Another tensor on the same values.</summary>
        internal Tensor Alias(Node? source) => new(Live, Sizes, Steps, Offset, Type) { GradFn = source };

        internal Tensor View(long[] sizes, long[] steps, long offset) => new(Live, sizes, steps, offset, Type);

        internal void AccumulateGradient(Tensor incoming)
        {
            if (Store is null) return;
            bool own = incoming.IsDense && !incoming.Live.IsShared;
            if (Gradient is { } zero && own && !GradMode.Enabled && incoming.Type == zero.Type && !zero.Live.IsShared && zero.Live.UnseenZeroBytes == Count * Type.Size())
            {
                // Zero plus the incoming gradient is the incoming gradient, and nobody has seen the zeros.
                zero.TakeOver(incoming);
                return;
            }
            if (Gradient is not null && !GradMode.Enabled)
            {
                Gradient.add_(incoming);
                return;
            }
            Tensor kept = Gradient is not null ? Gradient.add(incoming) : own ? incoming.Alias(incoming.GradFn) : incoming.clone();
            kept.LeaveScope();
            Gradient?.Dispose();
            Gradient = kept;
        }

        /// <summary>Points this tensor at other values (for a module that changes its element type, and for detach_).</summary>
        internal void TakeOver(Tensor source)
        {
            source.Live.AddReference();
            Store!.CountTensor(-1);
            Store.Release();
            source.Live.CountTensor(1);
            Store = source.Live;
            (Sizes, Steps, Offset, Type, Count, IsDense) = (source.Sizes, source.Steps, source.Offset, source.Type, source.Count, source.IsDense);
        }

        internal unsafe T* Pointer<T>() where T : unmanaged => (T*)Live.Data + Offset;

        private void Register()
        {
            Store!.CountTensor(1);
            long count = Interlocked.Increment(ref _totalCount);
            if (count > _peakCount) _peakCount = count;
            LifetimeStatistics statistics = DisposeScopeManager.Tensors;
            if (DisposeScope.Current is { } scope)
            {
                statistics.CreatedInScopeCount++;
                scope.Add(this);
            }
            else
            {
                statistics.CreatedOutsideScopeCount++;
            }
        }

        internal static string Show(ReadOnlySpan<long> sizes)
        {
            var parts = new string[sizes.Length];
            for (int i = 0; i < parts.Length; i++) parts[i] = sizes[i].ToString(CultureInfo.InvariantCulture);
            return "[" + string.Join(", ", parts) + "]";
        }
    }
}

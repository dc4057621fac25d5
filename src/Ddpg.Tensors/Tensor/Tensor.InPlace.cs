namespace TorchSharp;

public static partial class torch
{
    // Operations that write into their own tensor. The gradient is that of the operation that returns a new tensor.
    public partial class Tensor
    {
        public Tensor add_(Tensor target) => Write("add_", target.RequiresGradient, x => x.add(target), () => Elementwise.InPlace(default(Add), this, target));

        public Tensor add_(Tensor target, Scalar alpha)
        {
            if (alpha.Value == 1) return add_(target);
            if (!GradMode.Enabled && ScaledAdd.TryRun(this, target, (float)alpha.Value)) return this;
            return Write("add_", target.RequiresGradient, x => x.add(target, alpha), () => Elementwise.InPlace(new AddScaled(alpha.Value), this, target));
        }

        public Tensor add_(Scalar scalar) => Write("add_", false, x => x.add(scalar), () => Elementwise.InPlace(default(Add), this, scalar));

        public Tensor add_(Scalar scalar, Scalar alpha) => add_((Scalar)(scalar.Value * alpha.Value));

        public Tensor sub_(Tensor target) => Write("sub_", target.RequiresGradient, x => x.sub(target), () => Elementwise.InPlace(default(Subtract), this, target));

        public Tensor sub_(Scalar target) => Write("sub_", false, x => x.sub(target), () => Elementwise.InPlace(default(Subtract), this, target));

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul_(Tensor target) => Write("mul_", target.RequiresGradient, x => x.mul(target), () => Elementwise.InPlace(default(Multiply), this, target));

        public Tensor mul_(Scalar target)
        {
            if (!GradMode.Enabled && ScaledAdd.TryWait(this, target)) return this;
            return Write("mul_", false, x => x.mul(target), () => Elementwise.InPlace(default(Multiply), this, target));
        }

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Replace("div_", target.RequiresGradient, x => x.div(target, rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Replace("div_", false, x => x.div(target, rounding_mode));

        public Tensor pow_(Tensor exponent) => Replace("pow_", exponent.RequiresGradient, x => x.pow(exponent));

        public Tensor pow_(Scalar exponent) => Replace("pow_", false, static (x, e) => x.pow(e), exponent);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Replace("addcmul_", tensor1.RequiresGradient || tensor2.RequiresGradient, x => x.addcmul(tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Replace("addcdiv_", tensor1.RequiresGradient || tensor2.RequiresGradient, x => x.addcdiv(tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor lerp_(Tensor end, Tensor weight) => Replace("lerp_", end.RequiresGradient || weight.RequiresGradient, x => x.lerp(end, weight));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Replace("clamp_", false, x => x.clamp(min, max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Replace("clamp_", false, x => x.clamp(min, max));

        public Tensor clamp_min_(Scalar min) => clamp_(min: min);

        public Tensor clamp_max_(Scalar max) => clamp_(max: max);

        public Tensor neg_() => Write("neg_", false, static x => x.neg(), () => Elementwise.InPlace(default(Negate), this));

        public Tensor abs_() => Replace("abs_", false, static x => x.abs());

        public Tensor sqrt_() => Replace("sqrt_", false, static x => x.sqrt());

        public Tensor rsqrt_() => Replace("rsqrt_", false, static x => x.rsqrt());

        public Tensor reciprocal_() => Replace("reciprocal_", false, static x => x.reciprocal());

        public Tensor exp_() => Replace("exp_", false, static x => x.exp());

        public Tensor log_() => Replace("log_", false, static x => x.log());

        public Tensor sin_() => Replace("sin_", false, static x => x.sin());

        public Tensor cos_() => Replace("cos_", false, static x => x.cos());

        public Tensor tanh_() => Replace("tanh_", false, static x => x.tanh());

        public Tensor sigmoid_() => Replace("sigmoid_", false, static x => x.sigmoid());

        /// <summary>Its rule needs the result alone, so there is nothing to copy.</summary>
        public Tensor relu_()
        {
            Prepare("relu_", false);
            Node? node = Tracks(this) && ViewBase is null ? ReluNode(this) : null;
            if (node is null && Tracks(this)) return Recorded(static x => x.relu());
            Elementwise.InPlace(default(Rectify), this);
            Live.MarkWritten();
            return node is null ? this : By(node.SaveResult(this));
        }

        public Tensor floor_() => Replace("floor_", false, static x => x.floor());

        public Tensor ceil_() => Replace("ceil_", false, static x => x.ceil());

        public Tensor round_(long decimals = 0) => Replace("round_", false, x => x.round(decimals));

        public Tensor sign_() => Replace("sign_", false, static x => x.sign());

        public Tensor masked_fill_(Tensor mask, Scalar value) => Replace("masked_fill_", false, x => x.masked_fill(mask, value));

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Replace("scatter_", src.RequiresGradient, x => x.scatter(dim, index, src));

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Replace("scatter_add_", src.RequiresGradient, x => x.scatter_add(dim, index, src));

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Replace("index_add_", source.RequiresGradient, x => x.index_add(dim, index, source, alpha));

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Replace("index_copy_", source.RequiresGradient, x => x.index_copy(dim, index, source));

        public Tensor zero_() => fill_(0);

        public Tensor fill_(Scalar value)
        {
            Prepare("fill_", false);
            bool recorded = Tracks(this);
            Fills.Constant(this, value);
            Live.MarkWritten();
            if (recorded) Forget();
            return this;
        }

        /// <summary>Records that the values no longer depend on anything: what came before gets zeros.</summary>
        private void Forget() =>
            Rebase(Alias(null).By(new Node("FillBackward0", static (node, g) => node.Send(0, g.zeros_like()), this)));

        /// <summary>Copies the values of another tensor, broadcast and in this tensor's element type.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            _ = source.Live;
            if (!Shapes.Broadcast(LiveSizes, source.Sizes).AsSpan().SequenceEqual(Sizes))
                throw new ArgumentException($"copy_: {Show(source.Sizes)} does not broadcast to {Show(Sizes)}.");
            return Write("copy_", source.RequiresGradient,
                x => source.to(x.Type).Expanded(x.Sizes).Alias(null).By(new Node("CopyBackwards", static (node, g) =>
                {
                    if (node.Needs(0)) node.Send(0, g.zeros_like());
                    node.Send(1, g);
                }, x, source)),
                () =>
                {
                    using Tensor? apart = source.Live == Live ? source.clone() : null;
                    Casts.CopyInto(apart ?? source, this);
                });
        }

        public Tensor detach_()
        {
            if (ViewBase is not null && GradFn is not null) throw new InvalidOperationException("detach_() on a view would leave its base behind; use detach().");
            GradFn = null;
            _requiresGrad = false;
            return this;
        }

        public Tensor unsqueeze_(long dim) => Reshaped("unsqueeze_", x => x.unsqueeze(dim));

        public Tensor squeeze_(long? dim = null) => Reshaped("squeeze_", x => x.squeeze(dim));

        public Tensor transpose_(long dim0, long dim1) => Reshaped("transpose_", x => x.transpose(dim0, dim1));

        public Tensor uniform_(double from, double to, Generator? generator = null) => Draw("uniform_", Fills.Uniform, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Draw("normal_", Fills.Normal, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Draw("bernoulli_", Fills.Bernoulli, p, 0, generator);

        private Tensor Draw(string name, Action<Tensor, double, double, Generator> fill, double a, double b, Generator? generator)
        {
            Prepare(name, false);
            bool recorded = Tracks(this);
            fill(this, a, b, generator ?? Generator.Default);
            Live.MarkWritten();
            if (recorded) Forget();
            return this;
        }

        /// <summary>Writes with the operation's own kernel; where a gradient is recorded, with the operation that returns a new tensor.</summary>
        private Tensor Write(string name, bool operandRequiresGrad, Func<Tensor, Tensor> recorded, Action write)
        {
            Prepare(name, operandRequiresGrad);
            if (GradMode.Enabled && (RequiresGradient || operandRequiresGrad)) return Recorded(recorded);
            write();
            Live.MarkWritten();
            return this;
        }

        private Tensor Replace(string name, bool operandRequiresGrad, Func<Tensor, Tensor> function)
        {
            Prepare(name, operandRequiresGrad);
            if (GradMode.Enabled && (RequiresGradient || operandRequiresGrad)) return Recorded(function);
            using (NewDisposeScope()) StoreResult(function(this));
            return this;
        }

        private Tensor Replace(string name, bool operandRequiresGrad, Func<Tensor, Scalar, Tensor> function, Scalar scalar) =>
            Replace(name, operandRequiresGrad, x => function(x, scalar));

        private Tensor Recorded(Func<Tensor, Tensor> function)
        {
            // On a copy of the values, as the rule may save its input, and the input is about to be overwritten.
            var before = new Tensor(Sizes, Type);
            Casts.CopyInto(this, before);
            before.GradFn = GradFn;
            Tensor result = function(before);
            StoreResult(result);
            Rebase(result);
            return this;
        }

        private void StoreResult(Tensor result)
        {
            if (!result.Sizes.AsSpan().SequenceEqual(Sizes))
                throw new ArgumentException($"An in-place operation keeps its tensor's shape {Show(Sizes)}, and the result has {Show(result.Sizes)}.");
            if (result.Type.IsFloating() && !Type.IsFloating())
                throw new InvalidOperationException($"The result has type {result.Type} and cannot be stored in place in a tensor of type {Type}.");
            Casts.CopyInto(result, this);
            Live.MarkWritten();
        }

        private void Prepare(string name, bool operandRequiresGrad)
        {
            _ = Live;
            if (!GradMode.Enabled) return;
            Tensor root = ViewBase ?? this;
            if (root is { GradFn: null, _requiresGrad: true } || this is { GradFn: null, _requiresGrad: true })
            {
                throw new InvalidOperationException(
                    $"{name} on a leaf that requires grad (or on a view of one): an in-place change would lose the value that its gradient belongs to. " +
                    "Change parameters inside no_grad(), or use the operation that returns a new tensor.");
            }
            if (operandRequiresGrad && !Type.IsFloating())
                throw new InvalidOperationException($"{name}: a tensor of type {Type} cannot carry a gradient.");
        }

        /// <summary>From now on this tensor (and the tensor that it is a view of) comes from the recorded operation.</summary>
        private void Rebase(Tensor result)
        {
            GradFn = result.GradFn;
            if (ViewBase is not { } root || root == (object)this) return;
            if (!root.IsDense) throw new InvalidOperationException("In-place operations with gradients on views need a dense base; clone the tensor first.");
            Tensor whole = result.EmbedInto(root, this);
            root.GradFn = whole.GradFn;
            _baseSource = root.GradFn;
        }

        /// <summary>The base was changed in place after this view was made: from now on the view looks into what the change recorded.</summary>
        private void FollowBase(Tensor root)
        {
            _baseSource = root.GradFn;
            if (!root.IsDense) throw new InvalidOperationException("A view of a tensor that is not dense, and was changed in place, cannot carry gradients; clone the tensor first.");
            GradFn = root.GradFn is null ? null : new Node("AsStridedBackward0", static (node, g) =>
            {
                var (steps, offset) = ((long[], long))node.Extra!;
                Tensor whole = zeros(node.InputShape(0), g.Type);
                long[] repeated = [.. Enumerable.Range(0, steps.Length).Where(i => steps[i] == 0).Select(i => (long)i)];
                Tensor part = repeated.Length == 0 ? g : g.SumOver(repeated, true, null);
                using (Tensor hole = whole.View(part.Sizes, steps, offset)) Casts.CopyInto(part, hole);
                node.Send(0, whole);
            }, root)
            { Extra = (Steps, Offset - root.Offset) };
        }

        /// <summary>A record, without values, of the base with this tensor in the place of its view.</summary>
        private Tensor EmbedInto(Tensor root, Tensor view)
        {
            long[] steps = view.Steps;
            long offset = view.Offset - root.Offset;
            Tensor y = root.Alias(null);
            return y.By(new Node("CopySlices", static (node, g) =>
            {
                var (steps, offset) = ((long[], long))node.Extra!;
                Tensor dense = g.contiguous();
                if (node.Needs(0))
                {
                    Tensor rest = dense.clone();
                    using (Tensor hole = rest.View(node.InputShape(1), steps, offset)) Fills.Constant(hole, 0);
                    node.Send(0, rest);
                }
                if (node.Needs(1)) node.Send(1, dense.View(node.InputShape(1), steps, dense.Offset + offset).clone());
            }, root, this)
            { Extra = (steps, offset) });
        }

        private Tensor Reshaped(string name, Func<Tensor, Tensor> function)
        {
            Prepare(name, false);
            Tensor view = function(Alias(GradFn));
            Node? source = view.GradFn;
            TakeOver(view);
            if (GradMode.Enabled) GradFn = source;
            return this;
        }
    }
}

using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adam (Kingma and Ba 2014, algorithm 1): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − lr/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε),
/// in one pass over the four arrays.
/// </summary>
public class Adam : OptimizerHelper, optim.IBetas
{
    public Adam(
        IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(
        IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException($"Adam: the learning rate is 0 or more, not {lr}.");
        if (eps < 0) throw new ArgumentException($"Adam: eps is 0 or more, not {eps}.");
        if (beta1 is not (>= 0 and < 1)) throw new ArgumentException($"Adam: beta1 lies in [0, 1), and is {beta1}.");
        if (beta2 is not (>= 0 and < 1)) throw new ArgumentException($"Adam: beta2 lies in [0, 1), and is {beta2}.");
        if (weight_decay < 0) throw new ArgumentException($"Adam: weight_decay is 0 or more, not {weight_decay}.");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    public (double, double) Betas
    {
        get => ((Options)_defaults is var o) ? (o.beta1!.Value, o.beta2!.Value) : default;
        set
        {
            foreach (Options options in _parameter_groups.Select(g => (Options)g.Options).Append((Options)_defaults)) (options.beta1, options.beta2) = value;
        }
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var own = (Options?)options ?? new Options();
        var defaults = (Options)_defaults;
        own.LearningRate ??= defaults.LearningRate;
        own.beta1 ??= defaults.beta1;
        own.beta2 ??= defaults.beta2;
        own.eps ??= defaults.eps;
        own.weight_decay ??= defaults.weight_decay;
        own.amsgrad ??= defaults.amsgrad;
        own.maximize ??= defaults.maximize;
        return own;
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = RunClosure(closure);
        bool before = GradMode.Exchange(false);
        for (int g = 0; g < States.Count; g++)
        {
            var options = (Options)_parameter_groups[g].Options;
            foreach (OptimizerState state in States[g]) ((State)state).Step(options);
        }
        GradMode.Exchange(before);
        return loss;
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (other.beta1, other.beta2, other.eps, other.weight_decay, other.amsgrad, other.maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            amsgrad = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1!.Value);
            writer.Write(beta2!.Value);
            writer.Write(eps!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(amsgrad!.Value);
            writer.Write(maximize!.Value);
        }
    }

    public class ParamGroup : ParamGroup<Options>, optim.IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;
        public Tensor? max_exp_avg_sq;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            exp_avg = zeros_like(_parameter).DetachFromDisposeScope();
            exp_avg_sq = zeros_like(_parameter).DetachFromDisposeScope();
            max_exp_avg_sq = ((Options)options).amsgrad == true ? zeros_like(_parameter).DetachFromDisposeScope() : null;
        }

        internal void Step(Options options)
        {
            if (_parameter.Gradient is not { } gradient) return;
            step++;
            double correction1 = 1 - DoubleMath.Pow(options.beta1!.Value, step), correction2 = 1 - DoubleMath.Pow(options.beta2!.Value, step);
            var rule = new AdamRule(
                options.beta1.Value, options.beta2.Value, options.LearningRate!.Value / correction1, 1 / Math.Sqrt(correction2), options.eps!.Value,
                options.weight_decay!.Value, options.maximize == true, sweep: step % 16 == 0);
            if (options.amsgrad == true || !AdamRule.Fits(_parameter, gradient, exp_avg, exp_avg_sq))
            {
                StepByTensors(options, gradient, rule);
                return;
            }
            rule.Run(_parameter, gradient, exp_avg, exp_avg_sq);
            _parameter.Live.MarkWritten();
        }

        private void StepByTensors(Options options, Tensor gradient, AdamRule rule)
        {
            using var scope = NewDisposeScope();
            Tensor g = options.maximize == true ? gradient.neg() : gradient;
            if (options.weight_decay!.Value != 0) g = g.add(_parameter, options.weight_decay.Value);
            exp_avg.mul_(options.beta1!.Value).add_(g, 1 - options.beta1.Value);
            exp_avg_sq.mul_(options.beta2!.Value).addcmul_(g, g, 1 - options.beta2.Value);
            if (max_exp_avg_sq is not null) max_exp_avg_sq.copy_(max_exp_avg_sq.maximum(exp_avg_sq));
            Tensor scale = (max_exp_avg_sq ?? exp_avg_sq).sqrt().mul_(rule.RootScale).add_(options.eps!.Value);
            _parameter.addcdiv_(exp_avg, scale, -rule.StepSize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            exp_avg.Load(reader);
            exp_avg_sq.Load(reader);
            LoadConditionalStateTensor(reader, ref max_exp_avg_sq, null);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            exp_avg.Save(writer);
            exp_avg_sq.Save(writer);
            SaveConditionalStateTensor(writer, max_exp_avg_sq);
        }

        /// <summary>Copies the other's values: both optimizers stay independent.</summary>
        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            if (ReferenceEquals(this, other)) return;
            using var untracked = no_grad();
            step = other.step;
            exp_avg.copy_(other.exp_avg);
            exp_avg_sq.copy_(other.exp_avg_sq);
            max_exp_avg_sq?.Dispose();
            max_exp_avg_sq = other.max_exp_avg_sq?.clone().DetachFromDisposeScope();
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
            && (max_exp_avg_sq is null || (state.max_exp_avg_sq is not null && max_exp_avg_sq.allclose(state.max_exp_avg_sq)));

        public void Dispose()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }
}

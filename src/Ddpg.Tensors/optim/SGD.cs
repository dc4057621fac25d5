using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent with momentum: b ← μb + (1 − τ)g, θ ← θ − lr·b (Nesterov: θ ← θ − lr·(g + μb)).</summary>
public class SGD : OptimizerHelper, optim.IMomentum
{
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException($"SGD: the learning rate is 0 or more, not {lr}.");
        if (momentum < 0) throw new ArgumentException($"SGD: momentum is 0 or more, not {momentum}.");
        if (weight_decay < 0) throw new ArgumentException($"SGD: weight_decay is 0 or more, not {weight_decay}.");
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("SGD: Nesterov momentum needs a momentum above 0 and no dampening.");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    public double Momentum
    {
        get => ((Options)_defaults).momentum!.Value;
        set
        {
            foreach (Options options in _parameter_groups.Select(g => (Options)g.Options).Append((Options)_defaults)) options.momentum = value;
        }
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var own = (Options?)options ?? new Options();
        var defaults = (Options)_defaults;
        own.LearningRate ??= defaults.LearningRate;
        own.momentum ??= defaults.momentum;
        own.dampening ??= defaults.dampening;
        own.weight_decay ??= defaults.weight_decay;
        own.nesterov ??= defaults.nesterov;
        own.maximize ??= defaults.maximize;
        return own;
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = RunClosure(closure);
        using var untracked = no_grad();
        for (int g = 0; g < States.Count; g++)
        {
            var options = (Options)_parameter_groups[g].Options;
            foreach (OptimizerState state in States[g]) ((State)state).Step(options);
        }
        return loss;
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay, nesterov, maximize) = (other.momentum, other.dampening, other.weight_decay, other.nesterov, other.maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }
    }

    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
            bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public Tensor? momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options) => momentum_buffer = null;

        internal void Step(Options options)
        {
            if (_parameter.Gradient is not { } gradient) return;
            using var scope = NewDisposeScope();
            Tensor g = options.maximize == true ? gradient.neg() : gradient;
            if (options.weight_decay!.Value != 0) g = g.add(_parameter, options.weight_decay.Value);
            double momentum = options.momentum!.Value;
            if (momentum != 0)
            {
                if (momentum_buffer is null) momentum_buffer = g.clone().DetachFromDisposeScope();
                else momentum_buffer.mul_(momentum).add_(g, 1 - options.dampening!.Value);
                g = options.nesterov == true ? g.add(momentum_buffer, momentum) : momentum_buffer;
            }
            _parameter.add_(g, -options.LearningRate!.Value);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            momentum_buffer ??= zeros_like(_parameter).DetachFromDisposeScope();
            LoadConditionalStateTensor(reader, ref momentum_buffer, null);
        }

        public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

        public override void LoadStateDict(OptimizerState source)
        {
            if (ReferenceEquals(this, source)) return;
            momentum_buffer?.Dispose();
            momentum_buffer = ((State)source).momentum_buffer?.clone().DetachFromDisposeScope();
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && (momentum_buffer is null ? state.momentum_buffer is null : state.momentum_buffer is not null && momentum_buffer.allclose(state.momentum_buffer));

        public void Dispose() => momentum_buffer?.Dispose();
    }
}

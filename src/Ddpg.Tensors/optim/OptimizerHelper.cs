using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The options of one group of parameters; what is not set is taken from the optimizer's own.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
    }
}

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    internal Parameter Parameter => _parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public abstract void SaveStateDict(BinaryWriter writer);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device? device)
    {
        bool present = reader.ReadBoolean();
        if (!present)
        {
            result?.Dispose();
            result = null;
            return;
        }
        if (result is null) throw new FormatException("The optimizer state in the file has a tensor that this optimizer's options do not call for.");
        result.Load(reader);
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }
}

/// <summary>Parameters with options of their own.</summary>
public class ParamGroup : optim.ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions Options { get; set; } = null!;

    public double LearningRate { get => Options.LearningRate!.Value; set => Options.LearningRate = value; }

    public double InitialLearningRate { get => Options.InitialLearningRate; set => Options.InitialLearningRate = value; }
}

public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
}

/// <summary>What the optimizers share: groups, state by parameter, saving.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private protected readonly List<List<OptimizerState>> States = [];
    protected OptimizerOptions _defaults = null!;

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract OptimizerOptions Complete(OptimizerOptions? options);

    public override void add_param_group(ParamGroup param_group)
    {
        Parameter[] parameters = [.. param_group.Parameters];
        foreach (Parameter parameter in parameters)
        {
            if (States.Exists(group => group.Exists(s => ReferenceEquals(s.Parameter, parameter))))
                throw new ArgumentException("A parameter appears in more than one group of the optimizer.");
        }
        param_group.Parameters = parameters;
        param_group.Options = Complete(param_group.Options);
        if (param_group.Options.InitialLearningRate == 0) param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
        _parameter_groups.Add(param_group);
        var states = new List<OptimizerState>();
        using (no_grad())
        {
            foreach (Parameter parameter in parameters)
            {
                OptimizerState state = NewState(parameter);
                state.Initialize(param_group.Options);
                states.Add(state);
            }
        }
        States.Add(states);
    }

    public override IEnumerable<Parameter> parameters() => States.SelectMany(group => group.Select(s => s.Parameter));

    /// <summary>Sets all gradients to zero; they stay allocated.</summary>
    public override void zero_grad()
    {
        bool before = GradMode.Exchange(false);
        foreach (List<OptimizerState> group in States)
            foreach (OptimizerState state in group) state.Parameter.Gradient?.zero_();
        GradMode.Exchange(before);
    }

    public virtual StateDictionary state_dict()
    {
        var state = new StateDictionary();
        for (int g = 0; g < States.Count; g++)
        {
            state.Options.Add(_parameter_groups[g].Options);
            state.State.AddRange(States[g]);
        }
        return state;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        CheckCounts(state_dict.Options.Count, state_dict.State.Count, own);
        for (int i = 0; i < own.Options.Count; i++) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    /// <summary>Writes options and state to a file, whole or not at all.</summary>
    public void save_state_dict(string location)
    {
        string unfinished = location + ".unfinished";
        using (FileStream stream = File.Create(unfinished))
        {
            using var writer = new BinaryWriter(stream);
            save_state_dict(writer);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, location, overwrite: true);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        StateDictionary own = state_dict();
        writer.Write(GetType().Name);
        TensorFile.WriteNumber(writer, own.Options.Count);
        TensorFile.WriteNumber(writer, own.State.Count);
        foreach (OptimizerOptions options in own.Options) options.SaveStateDict(writer);
        foreach (OptimizerState state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        string name = reader.ReadString();
        if (name != GetType().Name) throw new InvalidDataException($"The file has the state of an optimizer of type '{name}', and this one is '{GetType().Name}'.");
        StateDictionary own = state_dict();
        CheckCounts(TensorFile.ReadNumber(reader), TensorFile.ReadNumber(reader), own);
        foreach (OptimizerOptions options in own.Options) options.LoadStateDict(reader);
        foreach (OptimizerState state in own.State) state.LoadStateDict(reader);
    }

    private protected static Tensor? RunClosure(Func<Tensor>? closure)
    {
        if (closure is null) return null;
        using (enable_grad()) return closure();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (IDisposable state in States.SelectMany(group => group.OfType<IDisposable>())) state.Dispose();
    }

    private static void CheckCounts(long groups, long states, StateDictionary own)
    {
        if (groups != own.Options.Count) throw new ArgumentException($"The optimizer state has {groups} parameter groups, and this optimizer {own.Options.Count}.");
        if (states != own.State.Count) throw new ArgumentException($"The optimizer state has {states} parameters, and this optimizer {own.State.Count}.");
    }
}

using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: its parameters and buffers, and the modules inside it, in order of registration.</summary>
        public class Module : IDisposable
        {
            private readonly List<(string Name, Module Module)> _submodules = [];
            private readonly List<(string Name, Tensor Buffer, bool Persistent)> _buffers = [];
            private readonly List<(string Name, Parameter Parameter)> _parametersByName = [];
            private bool _registered;
            private bool _training = true;

            protected string? name;

            protected Module(string name) => this.name = name;

            public virtual bool training => _training;

            public virtual string GetName() => name ?? "";

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach ((_, Parameter parameter) in _parametersByName) parameter.Dispose();
                foreach ((_, Tensor buffer, _) in _buffers) buffer.Dispose();
                foreach ((_, Module module) in _submodules) module.Dispose();
            }

            /// <summary>Registers the fields of this object: modules, parameters, and plain tensors as buffers. The field's name is the key.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                _registered = true;
                foreach (FieldInfo field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    if (Knows(field.Name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(field.Name, module); break;
                        case Parameter parameter: register_parameter(field.Name, parameter); break;
                        case Tensor tensor: register_buffer(field.Name, tensor); break;
                    }
                }
            }

            private bool Knows(string key) =>
                _submodules.Exists(m => m.Name == key) || _parametersByName.Exists(p => p.Name == key) || _buffers.Exists(b => b.Name == key);

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (_buffers.Exists(b => b.Name == name)) throw new InvalidOperationException($"Tensor {name} is already registered.");
                tensor.DetachFromDisposeScope();
                _buffers.Add((name, tensor, persistent));
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (_parametersByName.Exists(p => p.Name == name)) throw new InvalidOperationException($"Parameter {name} is already registered.");
                // A network outlives the scope in which it was built.
                param.DetachFromDisposeScope();
                _parametersByName.Add((name, param));
            }

            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A module's name cannot be empty.");
                if (name.Contains('.', StringComparison.Ordinal)) throw new ArgumentException($"A module's name cannot contain \".\": {name}");
                if (_submodules.Exists(m => m.Name == name)) throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _submodules.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            protected void ClearModules() => _submodules.Clear();

            internal void Replace(string name, Parameter? parameter)
            {
                int at = _parametersByName.FindIndex(p => p.Name == name);
                if (parameter is null && at >= 0) _parametersByName.RemoveAt(at);
                else if (parameter is not null && at >= 0) _parametersByName[at] = (name, parameter);
                else if (parameter is not null) register_parameter(name, parameter);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(m => (m.Name, m.Module));

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>All modules inside this one, depth first, without this one.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string key, Module module) in named_children())
                {
                    yield return (key, module);
                    foreach ((string inner, Module deeper) in module.named_modules()) yield return ($"{key}.{inner}", deeper);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                foreach ((string key, Parameter parameter) in _parametersByName)
                    if (seen.Add(parameter)) yield return (key, parameter);
                if (!recurse) yield break;
                foreach ((string key, Module module) in named_children())
                {
                    foreach ((string inner, Parameter parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter)) yield return ($"{key}.{inner}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach ((string key, Tensor buffer, bool persistent) in _buffers)
                    if (persistent || include_nonpersistent) yield return (key, buffer);
                if (!recurse) yield break;
                foreach ((string key, Module module) in named_children())
                {
                    foreach ((string inner, Tensor buffer) in module.named_buffers(true, include_nonpersistent)) yield return ($"{key}.{inner}", buffer);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module module in children()) module.apply(fn);
                fn(this);
                return this;
            }

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (Module module in children()) module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (parameter.Gradient is not { } gradient) continue;
                    if (set_to_none) parameter.grad = null;
                    else using (no_grad()) gradient.zero_();
                }
            }

            /// <summary>All parameters, then all buffers, each in order of registration with modules depth first.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string before = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string key, Parameter parameter) in named_parameters()) destination.TryAdd(before + key, parameter);
                foreach ((string key, Tensor buffer) in named_buffers(true, include_nonpersistent: false)) destination.TryAdd(before + key, buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                List<string> unexpected = [.. source.Keys.Where(key => skip?.Contains(key) != true && !own.ContainsKey(key))];
                List<string> missing = [.. own.Keys.Where(key => skip?.Contains(key) != true && !source.ContainsKey(key))];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException(
                        $"The state_dict does not fit this module. Missing: [{string.Join(", ", missing)}]; unexpected: [{string.Join(", ", unexpected)}].");
                }
                using (no_grad())
                {
                    foreach ((string key, Tensor value) in source)
                    {
                        if (skip?.Contains(key) == true || !own.TryGetValue(key, out Tensor? target)) continue;
                        if (!value.Sizes.AsSpan().SequenceEqual(target.Sizes))
                            throw new ArgumentException($"{key} has the shape {Tensor.Show(value.Sizes)} in the state_dict and {Tensor.Show(target.Sizes)} in the module.");
                        target.copy_(value);
                    }
                }
                return (missing, unexpected);
            }

            /// <summary>Writes all weights to a file, whole or not at all.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                string unfinished = location + ".unfinished";
                using (FileStream stream = File.Create(unfinished))
                {
                    using var writer = new BinaryWriter(stream);
                    save(writer, skip);
                    writer.Flush();
                    stream.Flush(flushToDisk: true);
                }
                File.Move(unfinished, location, overwrite: true);
                return this;
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes all weights, and closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                KeyValuePair<string, Tensor>[] entries = [.. sd.Where(entry => skip?.Contains(entry.Key) != true)];
                TensorFile.WriteNumber(writer, entries.Length);
                foreach ((string key, Tensor value) in entries)
                {
                    TensorFile.WriteName(writer, key);
                    TensorFile.Write(value, writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no weight file {location}.", location);
                using FileStream stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                long entries = TensorFile.ReadNumber(reader);
                if (strict && entries != own.Count) throw new ArgumentException($"The weight file has {entries} tensors, and this module {own.Count}.");
                if (loadedParameters is not null)
                {
                    foreach (string key in own.Keys) loadedParameters[key] = false;
                }
                for (long i = 0; i < entries; i++)
                {
                    string key = TensorFile.ReadName(reader);
                    bool found = own.TryGetValue(key, out Tensor? target);
                    if (!found && strict) throw new ArgumentException($"The weight file has a tensor '{key}' that this module has not.");
                    if (!found)
                    {
                        TensorFile.Skip(reader);
                        continue;
                    }
                    bool skipped = skip?.Contains(key) == true;
                    TensorFile.ReadInto(target!, reader, skipped);
                    if (loadedParameters is not null) loadedParameters[key] = !skipped;
                }
                return this;
            }

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            internal void ConvertTo(ScalarType type)
            {
                using var scope = NewDisposeScope();
                using var untracked = no_grad();
                foreach (Tensor tensor in parameters().Concat(buffers()))
                {
                    if (!tensor.Type.IsFloating() || tensor.Type == type) continue;
                    tensor.TakeOver(tensor.to(type));
                    tensor.grad = null;
                }
            }
        }
    }
}

using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor's values as they were when an operation saved them. Its own share of the buffer outlives the tensor's disposal.</summary>
internal struct SavedTensor
{
    private readonly Storage _storage;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly long _offset;
    private readonly ScalarType _type;
    private readonly int _version;
    private readonly Tensor? _leaf;
    private Node? _source;
    private bool _isResult;

    internal SavedTensor(Tensor tensor)
    {
        _storage = tensor.Live;
        _storage.AddReference();
        _shape = tensor.Sizes;
        _strides = tensor.Steps;
        _offset = tensor.Offset;
        _type = tensor.Type;
        _version = _storage.Version;
        _source = tensor.GradFn;
        _source?.AddReference();
        _leaf = tensor is { GradFn: null, RequiresGradient: true } ? tensor : null;
    }

    internal void MarkAsResult()
    {
        _isResult = true;
        _source?.Release();
        _source = null;
    }

    internal readonly Tensor? Unpack(Node owner)
    {
        if (_storage is null) return null;
        if (_storage.Version != _version)
        {
            throw new InvalidOperationException(
                $"A tensor of shape [{string.Join(", ", _shape)}] that {owner.Name} needs for its gradient was changed by an in-place operation " +
                $"(it is at version {_storage.Version}; version {_version} was saved). Clone it before changing it, or use the operation that returns a new tensor.");
        }
        if (_leaf is not null && GradMode.Enabled) return _leaf;
        return new Tensor(_storage, _shape, _strides, _offset, _type) { GradFn = !GradMode.Enabled ? null : _isResult ? owner : _source };
    }

    internal readonly void Release()
    {
        _storage?.Release();
        _source?.Release();
    }
}

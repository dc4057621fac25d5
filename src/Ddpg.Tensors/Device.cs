using System.Globalization;

namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
}

public static partial class torch
{
    /// <summary>Where a tensor lives: always the processor.</summary>
    public class Device
    {
        public Device(string description)
        {
            if (description != "cpu")
                throw new ArgumentException($"Unknown device '{description}': this engine has only 'cpu'.", nameof(description));
        }

        public Device(string deviceType, int index = -1) : this(deviceType) => this.index = index;

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public DeviceType type { get; } = DeviceType.CPU;

        public int index { get; } = -1;

        public override string ToString() => index < 0 ? "cpu" : "cpu:" + index.ToString(CultureInfo.InvariantCulture);

        public static implicit operator Device(string description) => new(description);
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device get_default_device() => CPU;

    public static class cuda
    {
        public static bool is_available() => false;
    }

    public static bool cuda_is_available() => false;
}

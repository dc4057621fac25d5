using System.Text;
using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Modules;

/// <summary>TorchSharp's own weight file, byte for byte: weights travel between the stacks.</summary>
public class WeightFileTests : ScopedTest
{
    /// <summary>Linear(2, 1) with weight [0.5, −1.25] and bias [2], as TorchSharp 0.107.0 saves it.</summary>
    private static readonly byte[] RealFile = Convert.FromHexString("02" + "06776569676874" + "06" + "020102" + "0000003F0000A0BF" + "0462696173" + "06" + "0101" + "00000040");

    private static Linear Known()
    {
        Linear layer = Linear(2, 1);
        using (no_grad())
        {
            layer.weight!.copy_(tensor(new[,] { { 0.5f, -1.25f } }));
            layer.bias!.copy_(tensor([2f]));
        }
        return layer;
    }

    private static byte[] Saved(Module module)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            module.save(writer);
        }
        return stream.ToArray();
    }

    private static void Load(Module module, byte[] file, bool strict = true)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        module.load(reader, strict);
    }

    [Fact]
    public void Writes_the_32_bytes_of_a_real_file() => Assert.Equal(Convert.ToHexString(RealFile), Convert.ToHexString(Saved(Known())));

    [Fact]
    public void Reads_the_32_bytes_of_a_real_file()
    {
        Linear layer = Linear(2, 1);
        Load(layer, RealFile);
        Assert.Equal([0.5, -1.25], Close.Values(layer.weight!));
        Assert.Equal([2.0], Close.Values(layer.bias!));
        Assert.True(layer.weight!.requires_grad);
    }

    [Fact]
    public void Saves_and_loads_by_path()
    {
        string path = Path.GetTempFileName();
        try
        {
            Known().save(path);
            Assert.Equal(RealFile, File.ReadAllBytes(path));
            Linear layer = Linear(2, 1);
            layer.load(path);
            Assert.Equal([0.5, -1.25], Close.Values(layer.weight!));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Saving_to_a_stream_closes_it()
    {
        var stream = new MemoryStream();
        Known().save(stream);
        Assert.Equal(RealFile, stream.ToArray());
        Assert.False(stream.CanWrite);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(127, 3)]
    [InlineData(128, 2)]
    [InlineData(300, 130)]
    public void Sizes_of_one_and_two_LEB128_bytes_go_round(int inputs, int outputs)
    {
        Linear from = Linear(inputs, outputs), to = Linear(inputs, outputs);
        byte[] file = Saved(from);
        Load(to, file);
        Assert.Equal(Close.Values(from.weight!), Close.Values(to.weight!));
        Assert.Equal(file, Saved(to));
        Assert.Equal(1 + 7 + 1 + 1 + Leb(outputs) + Leb(inputs) + 4 * inputs * outputs + 5 + 1 + 1 + Leb(outputs) + 4 * outputs, file.Length);
    }

    private static int Leb(int value) => value < 128 ? 1 : 2;

    private sealed class Mixed : Module<Tensor, Tensor>
    {
        private readonly Parameter _a = Parameter(tensor([1.5, -2]));
        private readonly Tensor _count = tensor([1L, -2]);
        private readonly Tensor _flags = tensor([true, false, true]);
        private readonly Tensor _none = zeros(0, 3);
        private readonly Tensor _scalar = tensor(2.5f);

        public Mixed()
            : base(nameof(Mixed)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * _a + _count + _flags.sum() + _none.sum() + _scalar;
    }

    [Fact]
    public void Every_type_and_odd_shapes_go_round()
    {
        var from = new Mixed();
        var to = new Mixed();
        using (no_grad())
        {
            foreach (Tensor t in to.state_dict().Values)
            {
                t.zero_();
            }
        }
        byte[] file = Saved(from);
        Load(to, file);
        Assert.Equal(file, Saved(to));
        foreach ((string name, Tensor t) in from.state_dict())
        {
            Assert.Equal(Close.Values(t), Close.Values(to.state_dict()[name]));
        }
    }

    public static TheoryData<string, string> Damage() => new()
    {
        { "empty", "" },
        { "only the count", "02" },
        { "cut in the name", "020677656967" },
        { "cut in the shape", "020677656967687406" + "0201" },
        { "cut in the values", Convert.ToHexString(RealFile)[..30] },
        { "cut before the last value", Convert.ToHexString(RealFile)[..^8] },
        { "another name", Convert.ToHexString(RealFile).Replace("62696173", "62696174") },
        { "another shape", Convert.ToHexString(RealFile).Replace("020102", "020201") },
        { "another type", Convert.ToHexString(RealFile).Replace("06020102", "07020102") },
        { "an unknown type", Convert.ToHexString(RealFile).Replace("06020102", "63020102") },
        { "more dimensions than bytes", "0106776569676874" + "06" + "FFFFFFFF07" },
        { "one entry too few", "01" + Convert.ToHexString(RealFile)[2..40] },
        { "no such file at all", "504B0304" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void A_damaged_file_is_refused(string what, string hex)
    {
        Exception error = Assert.ThrowsAny<Exception>(() => Load(Linear(2, 1), Convert.FromHexString(hex)));
        Assert.False(error is OutOfMemoryException or NullReferenceException or IndexOutOfRangeException, $"{what}: {error}");
    }

    [Fact]
    public void Names_may_be_missing_when_not_strict()
    {
        Linear layer = Linear(2, 1, hasBias: false);
        Load(layer, RealFile, strict: false);
        Assert.Equal([0.5, -1.25], Close.Values(layer.weight!));
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static int ElementSize(this ScalarType type) => type.Size();

    public static long TotalSize(this IEnumerable<long> shape) => Shapes.Count([.. shape]);

    public static float ToSingle(this Tensor value) => value.item<float>();

    public static double ToDouble(this Tensor value) => value.item<double>();

    public static int ToInt32(this Tensor value) => value.item<int>();

    public static long ToInt64(this Tensor value) => value.item<long>();

    public static byte ToByte(this Tensor value) => value.item<byte>();

    public static bool ToBoolean(this Tensor value) => value.item<bool>();

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) where T : unmanaged =>
        from_array(rawArray, null, null, false).reshape(dimensions) is var x && requires_grad ? x.requires_grad_() : x;

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : unmanaged =>
        from_array(new[] { scalar }, null, null, false).reshape() is var x && requires_grad ? x.requires_grad_() : x;

    /// <summary>Writes type, shape and values as TorchSharp's weight files have them.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer) => TensorFile.Write(tensor, writer);

    /// <summary>Reads values written by <see cref="Save(Tensor, BinaryWriter)"/> into this tensor; type and shape must agree.</summary>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false) => TensorFile.ReadInto(tensor, reader, skip);

    public static string metastr(this Tensor tensor) => TensorText.Metadata(tensor);

    /// <summary>The tensor's description, and its values.</summary>
    public static string str(
        this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style == TensorStringStyle.Default ? torch.TensorStringStyle : style, fltFormat, width, cultureInfo, newLine);

    public static string jlstr(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

    public static string npstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    public static string cstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

    public static Tensor print(
        this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.str(fltFormat, width, newLine, cultureInfo, style));
        return t;
    }
}

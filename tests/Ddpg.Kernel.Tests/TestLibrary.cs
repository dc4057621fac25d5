using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ddpg.Kernel.Tests;

/// <summary>Assemblies made on the spot, and a native library for them to call.</summary>
internal static class TestLibrary
{
    /// <summary>What <see cref="CopyNative"/> copies answers to: the CRC-32 of bytes.</summary>
    internal const string CrcEntry = "CompressionNative_Crc32";

    /// <summary>The CRC-32 of the digits 1 to 9, by which each implementation is known.</summary>
    internal const string CrcOfDigits = "3421780262";

    internal static string Compile(string path, string code, string? reference = null, Version? version = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        IEnumerable<MetadataReference> references = Framework.References;
        if (reference is not null) references = [.. references, Framework.Forwarder("System.Runtime")!, MetadataReference.CreateFromFile(reference)];
        if (version is not null) code = $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")] [assembly: System.Reflection.AssemblyInformationalVersion(\"{version.ToString(3)}\")]\n{code}";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
        var result = CSharpCompilation.Create(Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(code)], references, options).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    /// <summary>C# that calls a native library by a name.</summary>
    internal static string Binding(string type, string library) => $$"""
        public static class {{type}}
        {
            [System.Runtime.InteropServices.DllImport("{{library}}", EntryPoint = "{{CrcEntry}}")]
            static extern unsafe uint Crc(uint crc, byte* data, int length);
            public static unsafe uint CrcOfDigits()
            {
                byte[] digits = System.Text.Encoding.ASCII.GetBytes("123456789");
                fixed (byte* data = digits) return Crc(0, data, digits.Length);
            }
        }
        """;

    /// <summary>One of the runtime's own native libraries under another name, with the platform's ending.</summary>
    internal static string CopyNative(string folder, string name)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string native = Directory.EnumerateFiles(runtime, "*System.IO.Compression.Native.*").First(file => Path.GetExtension(file) is ".so" or ".dll" or ".dylib");
        Directory.CreateDirectory(folder);
        string copy = Path.Combine(folder, name + Path.GetExtension(native));
        File.Copy(native, copy);
        return copy;
    }
}

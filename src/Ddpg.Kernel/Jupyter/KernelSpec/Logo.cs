namespace Ddpg.Kernel.Jupyter.KernelSpec;

/// <summary>The pictures that front ends show beside the kernel's name; resources of this assembly.</summary>
internal static class Logo
{
    public static IReadOnlyList<string> Files { get; } = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    public static Stream Open(string file) => typeof(Logo).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException($"The assembly lacks its resource '{file}'.");
}

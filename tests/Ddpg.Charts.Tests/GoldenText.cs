using System.Reflection;

namespace Ddpg.Charts.Tests;

/// <summary>Compares with a file under Golden; <c>UPDATE_GOLDEN=1</c> in the environment writes the file instead.</summary>
public static class GoldenText
{
    public static string Folder => Path.Combine(Metadata("ProjectFolder"), "Golden");

    public static string Artifacts => Metadata("ArtifactsFolder");

    public static void Compare(string actual, string file)
    {
        string path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"Golden/{file} does not exist. Look at the new picture, then run the tests with UPDATE_GOLDEN=1.");
        string expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (expected == actual) return;
        string[] was = expected.Split('\n'), now = actual.Split('\n');
        int line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"Golden/{file} differs from line {line + 1} on.\nwas: {was.ElementAtOrDefault(line)}\nnow: {now.ElementAtOrDefault(line)}\n" +
            "If the change is meant, look at the picture, then run the tests with UPDATE_GOLDEN=1.");
    }

    private static string Metadata(string key) =>
        typeof(GoldenText).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}

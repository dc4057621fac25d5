namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>Where the sources are, for tests that read them.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static bool Update => Environment.GetEnvironmentVariable("DDPG_UPDATE") == "1";

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ddpg.Notebooks.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No Ddpg.Notebooks.sln above {AppContext.BaseDirectory}.");
    }
}

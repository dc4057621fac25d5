using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Environments.MuJoCo;

/// <summary>Finding the library, measuring it, and what it allocates. Alone, because the library's hooks are the process's.</summary>
[Collection(Alone.Name)]
public sealed class MuJoCoLibraryTests
{
    [Fact]
    public void A_missing_library_says_what_to_install_and_where_it_looked()
    {
        (MuJoCoLibrary? library, string? problem) = MuJoCoLibrary.Open("/no/such/folder");
        Assert.Null(library);
        Assert.Contains("/no/such/folder", problem);
        Assert.Contains("DDPG_MUJOCO", problem);
        if (OperatingSystem.IsLinux()) Assert.Contains("apt-get install libmujoco", problem);
        Assert.All(LibrarySearch.Folders(null), folder => Assert.NotEmpty(folder));
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused_by_name()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "not a library");
            (MuJoCoLibrary? library, string? problem) = MuJoCoLibrary.Open(file);
            Assert.Null(library);
            Assert.Contains("Refused: " + file, problem);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public void A_file_or_its_folder_may_be_named()
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        string file = MuJoCoLibrary.Instance.File;
        foreach (string chosen in (string[])[file, Path.GetDirectoryName(file)!])
        {
            (MuJoCoLibrary? library, string? problem) = MuJoCoLibrary.Open(chosen);
            Assert.Null(problem);
            Assert.Equal(MuJoCoLibrary.Instance.Layout, library!.Layout);
        }
    }

    /// <summary>Where the state that the library was brought into is not found, or found twice, the library must not be used.</summary>
    [SkippableTheory]
    [InlineData("qvel=\"0.5 -0.75 0.375\"", "qvel=\"0.125 0.25 0\"", "qpos was found in 2 places")]
    [InlineData("time=\"0.625\"", "time=\"0.5\"", "time was found in 0 places")]
    [InlineData("gravity=\"0 0 -8\"", "gravity=\"0 0 0\"", "qfrc_constraint was found in 0 places")]
    [InlineData("gear=\"0.5\"", "gear=\"0.25\"", "was found in 0 places")]
    public void A_library_whose_fields_cannot_be_told_apart_is_refused(string text, string changed, string message)
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        string mjcf = RobotModel.ReadText("Calibration");
        Assert.Contains(text, mjcf);
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => Calibration.Run(MuJoCoLibrary.Instance.Functions, mjcf.Replace(text, changed, StringComparison.Ordinal))).Message);
    }

    /// <summary>By the library's own count of its blocks. DDPG_LONG=1 makes it 100,000 resets, and looks at the process's memory as well.</summary>
    [SkippableFact]
    public void Resets_steps_and_disposed_robots_leave_no_native_memory_behind()
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        bool isLong = Environment.GetEnvironmentVariable("DDPG_LONG") == "1";
        int resets = isLong ? 100_000 : 500;
        foreach (string id in RobotMakers.All.Keys)
        {
            using AllocationLog log = new(MuJoCoLibrary.Instance.Functions.Library);
            int before = log.BlockCount;
            using (Robot robot = (Robot)EnvironmentRegistry.Make(id))
            {
                float[] action = new float[robot.ActionSpace.Length];
                Use(robot, action, resets / 10);
                int inUse = log.BlockCount;
                Assert.True(inUse > before);
                long memory = Environment.WorkingSet;
                Use(robot, action, resets);
                Assert.Equal(inUse, log.BlockCount);
                if (isLong) Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 16L << 20);
            }
            Assert.Equal(before, log.BlockCount);
        }

        static void Use(Robot robot, float[] action, int resets)
        {
            for (int i = 0; i < resets; i++)
            {
                robot.Reset();
                if (i % 10 == 0) robot.Step(action);
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>The functions of MuJoCo that the robots call; the same in 2.2 and 3.x.</summary>
internal sealed unsafe class MuJoCoFunctions
{
    public readonly delegate* unmanaged[Cdecl]<byte*, void*, byte*, int, void*> LoadXml;
    public readonly delegate* unmanaged[Cdecl]<void*, void> DeleteModel;
    public readonly delegate* unmanaged[Cdecl]<void*, void*> MakeData;
    public readonly delegate* unmanaged[Cdecl]<void*, void> DeleteData;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, void> ResetData;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, int, void> ResetDataKeyframe;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, void> Forward;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, void> Step;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, void> RnePostConstraint;
    public readonly delegate* unmanaged[Cdecl]<void*, void*, int, double*, void> ContactForce;

    // Held here: the library calls them as long as it is loaded, which is until the process ends.
    private readonly Handler _warning, _error;

    private delegate void Handler(byte* message);

    public MuJoCoFunctions(nint library)
    {
        Library = library;
        var version = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "mj_version");
        Version = version();
        LoadXml = (delegate* unmanaged[Cdecl]<byte*, void*, byte*, int, void*>)NativeLibrary.GetExport(library, "mj_loadXML");
        DeleteModel = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "mj_deleteModel");
        MakeData = (delegate* unmanaged[Cdecl]<void*, void*>)NativeLibrary.GetExport(library, "mj_makeData");
        DeleteData = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "mj_deleteData");
        ResetData = (delegate* unmanaged[Cdecl]<void*, void*, void>)NativeLibrary.GetExport(library, "mj_resetData");
        ResetDataKeyframe = (delegate* unmanaged[Cdecl]<void*, void*, int, void>)NativeLibrary.GetExport(library, "mj_resetDataKeyframe");
        Forward = (delegate* unmanaged[Cdecl]<void*, void*, void>)NativeLibrary.GetExport(library, "mj_forward");
        Step = (delegate* unmanaged[Cdecl]<void*, void*, void>)NativeLibrary.GetExport(library, "mj_step");
        RnePostConstraint = (delegate* unmanaged[Cdecl]<void*, void*, void>)NativeLibrary.GetExport(library, "mj_rnePostConstraint");
        ContactForce = (delegate* unmanaged[Cdecl]<void*, void*, int, double*, void>)NativeLibrary.GetExport(library, "mj_contactForce");

        // By default a warning writes MUJOCO_LOG.TXT into the working folder, and an error waits for a key and ends the process. A state that went
        // wrong is found by Simulation; an error cannot be thrown through the library's frames.
        _warning = static _ => { };
        _error = static message => Environment.FailFast("MuJoCo: " + Marshal.PtrToStringUTF8((nint)message));
        *(nint*)NativeLibrary.GetExport(library, "mju_user_warning") = Marshal.GetFunctionPointerForDelegate(_warning);
        *(nint*)NativeLibrary.GetExport(library, "mju_user_error") = Marshal.GetFunctionPointerForDelegate(_error);
    }

    /// <summary>The library's handle.</summary>
    public nint Library { get; }

    /// <summary>The library's version as it states it: 222 is 2.2.2.</summary>
    public int Version { get; }

    /// <summary>The compiled model of an MJCF text.</summary>
    /// <exception cref="InvalidOperationException">The library does not accept it; the message is its own.</exception>
    public void* Load(string name, string mjcf)
    {
        // From a file: the other way, the library's virtual file system, is another structure in every version.
        string file = Path.Combine(Path.GetTempPath(), $"ddpg-{name}-{Guid.NewGuid():N}.xml");
        byte[] error = new byte[1000];
        try
        {
            File.WriteAllText(file, mjcf);
            fixed (byte* path = System.Text.Encoding.UTF8.GetBytes(file + '\0'), message = error)
            {
                void* model = LoadXml(path, null, message, error.Length);
                return model is not null ? model : throw new InvalidOperationException($"MuJoCo does not accept the model '{name}': {Marshal.PtrToStringUTF8((nint)message)}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}

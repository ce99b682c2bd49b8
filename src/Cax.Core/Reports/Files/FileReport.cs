namespace Cax.Core.Reports.Files;

/// <summary>What became of a file: the parts of its blocks, put together. It takes as much memory for a file of any size as for a middling one.</summary>
internal sealed class FileReport(FileFacts facts)
{
    private readonly ReportTotals _totals = new();

    /// <summary>The records of all parts; it balances.</summary>
    public Tally Records => _totals.Records.Tally;

    /// <summary>Takes in the part of one block. Blocks come in the order of the file.</summary>
    /// <exception cref="FormatException">It is none of ours, or damaged.</exception>
    public void Add(ReadOnlyMemory<byte> part) => _totals.Add(ReportPart.Read(part.Span));

    /// <summary><c>report.json</c>.</summary>
    public byte[] WriteJson() => FileReportJson.Write(facts, _totals);

    /// <summary><c>report.html</c>: one page that needs nothing else, below a megabyte.</summary>
    public byte[] WritePage() => new ReportPage(facts, _totals).Write();
}

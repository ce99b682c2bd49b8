namespace Cax.Core.Reports.Files;

/// <summary>What became of a file: the parts of its blocks, put together. It takes as much memory for a file of any size as for a middling one.</summary>
internal sealed class FileReport
{
    private readonly FileFacts _facts;
    private readonly ReportTotals _totals;

    public FileReport(FileFacts facts)
        : this(facts, new ReportTotals())
    {
    }

    private FileReport(FileFacts facts, ReportTotals totals)
    {
        _facts = facts;
        _totals = totals;
    }

    /// <summary>The records of all parts; it balances.</summary>
    public Tally Records => _totals.Records.Tally;

    /// <summary>Takes in the part of one block. Blocks come in the order of the file.</summary>
    /// <exception cref="FormatException">It is none of ours, or damaged.</exception>
    public void Add(ReadOnlyMemory<byte> part) => _totals.Add(ReportPart.Read(part.Span));

    /// <summary>The same parts, once more is known about the file.</summary>
    public FileReport With(FileFacts facts) => new(facts, _totals);

    /// <summary><c>report.json</c>.</summary>
    public byte[] WriteJson() => FileReportJson.Write(_facts, _totals);

    /// <summary><c>report.html</c>: one page that needs nothing else, below a megabyte.</summary>
    public byte[] WritePage() => new ReportPage(_facts, _totals).Write();
}

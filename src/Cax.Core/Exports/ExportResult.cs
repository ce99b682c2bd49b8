using Cax.Core.Reports;
using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>What a run over a file came to.</summary>
/// <param name="Ending">What is left to do about the file.</param>
/// <param name="Run">What this run read and what became of it; null when there was nothing to run.</param>
/// <param name="Verdict">What came of the file; null while somebody else works on it.</param>
/// <param name="Why">The verdict in a sentence; null where it needs none.</param>
/// <param name="Report">The folder of its report, within the store of reports; null when there is none.</param>
/// <param name="Records">The records of the whole file so far, over all runs; null when there was nothing to run.</param>
public sealed record ExportResult(ExportEnding Ending, RunResult? Run, FileVerdict? Verdict, string? Why, string? Report, Tally? Records)
{
    /// <summary>The repair file; null without one.</summary>
    public string? Repair { get; init; }
}

/// <summary>What is left to do about a file.</summary>
public enum ExportEnding
{
    /// <summary>Nothing.</summary>
    Done,

    /// <summary>Nothing: an earlier run did all of it.</summary>
    WasDone,

    /// <summary>It waits for another run.</summary>
    Waiting,

    /// <summary>Another process works on it now.</summary>
    Busy,
}

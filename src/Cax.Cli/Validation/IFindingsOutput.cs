namespace Cax.Cli.Validation;

/// <summary>Where findings go, one after the other, and then the totals.</summary>
internal interface IFindingsOutput
{
    void Add(RecordFinding found);

    void End(ValidationTotals totals);
}

/// <summary>What a validation came to.</summary>
internal sealed record ValidationTotals(long Records, long Events, long Errors, long Warnings);

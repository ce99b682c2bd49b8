using Cax.Core.Events;
using Cax.Core.Mapping.Profiles.Explaining;

namespace Cax.Cli.Profiles;

/// <summary>The explanation of a record, with what validation finds wrong with its events.</summary>
/// <param name="Explanation">What mapping did.</param>
/// <param name="Findings">What mapping and validation found, apart from what is missing.</param>
internal sealed record ExplainedRecord(RecordExplanation Explanation, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Explanation.Result.ParkedBecause is not null || Findings.Any(finding => finding.Severity == Severity.Error);

    public static ExplainedRecord Of(RecordExplanation explanation, EventValidator validator)
    {
        var findings = explanation.Result.Findings.Except(explanation.Missing).ToList();
        foreach (var @event in explanation.Result.Events)
        {
            validator.Validate(@event.Utf8, findings);
        }

        return new ExplainedRecord(explanation, findings);
    }
}

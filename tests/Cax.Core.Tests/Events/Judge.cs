using System.Text;
using System.Text.Json.Nodes;
using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

/// <summary>Runs the validator and writes each finding as <c>CAX030 E $.id</c>, so that a test reads like the table of rules.</summary>
internal static class Judge
{
    public static string[] Event(JsonObject @event, EventOptions? options = null, bool consentAsNumbers = false, TestClock? clock = null) =>
        Bytes(@event.ToUtf8(), options, consentAsNumbers, clock);

    public static string[] Text(string json) => Bytes(Encoding.UTF8.GetBytes(json));

    public static string[] Bytes(byte[] utf8, EventOptions? options = null, bool consentAsNumbers = false, TestClock? clock = null) =>
        [.. Findings(utf8, options, consentAsNumbers, clock).Select(Short)];

    public static List<Finding> Findings(
        byte[] utf8, EventOptions? options = null, bool consentAsNumbers = false, TestClock? clock = null)
    {
        var findings = new List<Finding>();
        new EventValidator(options ?? new EventOptions(), consentAsNumbers, clock ?? ValidEvents.Clock()).Validate(utf8, findings);
        return findings;
    }

    public static string[] Batch(string body, int maxBatchBytes = 500_000) => BatchBytes(Encoding.UTF8.GetBytes(body), maxBatchBytes);

    public static string[] BatchBytes(byte[] body, int maxBatchBytes = 500_000)
    {
        var findings = new List<Finding>();
        new EventValidator(new EventOptions(), consentAsNumbers: false, ValidEvents.Clock()).ValidateBatch(body, findings, maxBatchBytes);
        return [.. findings.Select(Short)];
    }

    private static string Short(Finding finding) => $"{finding.Code} {(finding.Severity == Severity.Error ? 'E' : 'W')} {finding.Path}";
}

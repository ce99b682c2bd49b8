using System.Runtime.InteropServices;
using System.Text.Json;
using Cax.Simulator.Collecting;

namespace Cax.Simulator.Judging;

/// <summary>
/// The twin's own reading of CAX reference 3 to 5. It shares no code with the connector, so that both cannot misread the reference in
/// the same way.
/// </summary>
internal sealed class EventJudge(BreachAction missing, BreachAction malformed)
{
    public ReceivedEvent Receive(JsonElement element, DateTimeOffset now)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element).ToArray();
        var findings = new FindingList();
        if (element.ValueKind != JsonValueKind.Object)
        {
            findings.Malformed("event_object", "", "must be an object", element);
            return new ReceivedEvent(now, null, null, Verdict.InvalidRejected, findings.All, raw);
        }

        if (!StrictJson.IsReadable(raw))
        {
            findings.Malformed("text", "", "must not hold half a surrogate pair", element);
            return new ReceivedEvent(now, null, null, Verdict.InvalidRejected, findings.All, raw);
        }

        JsonElement? root = element;
        var name = NameOf(root.Member("event_name"), findings);
        ContextRules.Check(root, now, findings);
        UserRules.Check(root, findings);
        PropertyRules.Check(root, name, findings);
        MoneyRules.Check(root, findings);
        ItemRules.Check(root, findings);
        var id = root.Member("context").Member("event_id").Text();
        return new ReceivedEvent(now, name, string.IsNullOrEmpty(id) ? null : id, VerdictOn(findings.All), findings.All, raw);
    }

    private static string? NameOf(JsonElement? name, FindingList findings)
    {
        const string rule = "event_name";
        if (name.IsMissing()) findings.Missing(rule, rule, "is required", name);
        else if (!name.IsText()) findings.Malformed(rule, rule, "must be a string", name);
        else if (string.IsNullOrWhiteSpace(name.Text())) findings.Missing(rule, rule, "must not be empty", name);
        else return name.Text();
        return null;
    }

    private Verdict VerdictOn(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return Verdict.Valid;
        return findings.Any(finding => ActionOn(finding) == BreachAction.Reject) ? Verdict.InvalidRejected : Verdict.InvalidAccepted;
    }

    private BreachAction ActionOn(Finding finding) => finding.Kind == FindingKind.Missing ? missing : malformed;
}

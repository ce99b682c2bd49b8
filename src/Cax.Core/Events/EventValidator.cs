using System.Globalization;
using System.Text.Json;
using Cax.Core.Events.Json;
using Cax.Core.Events.Rules;

namespace Cax.Core.Events;

/// <summary>
/// Judges CAX v2 events by the rules of the CAX reference 11.1, before they are sent: the endpoint itself answers 200 to nearly anything.
/// Takes any bytes and never throws for what is in them. Safe for concurrent use.
/// </summary>
/// <param name="options">Sizes and severities.</param>
/// <param name="consentAsNumbers">Whether consent categories are JSON integers; otherwise they are strings (CAX reference 12.2).</param>
/// <param name="time">The clock that event times are compared with.</param>
public sealed class EventValidator(EventOptions options, bool consentAsNumbers, TimeProvider time)
{
    private const int DefaultMaxBatchBytes = 500_000;

    /// <summary>
    /// Adds all findings of one event: at most a hundred, then one that counts the rest. Without an error among them it can be sent.
    /// </summary>
    /// <param name="utf8">The event, as it would be sent.</param>
    /// <param name="findings">Where they go.</param>
    public void Validate(ReadOnlyMemory<byte> utf8, ICollection<Finding> findings) => Validate(utf8, "$", findings, ids: null);

    /// <summary>
    /// Adds the findings of a whole request body, <c>{"batch":[...]}</c>, and of each of its events under paths such as
    /// <c>$.batch[3].currency</c>.
    /// </summary>
    /// <param name="body">The body, as it would be sent.</param>
    /// <param name="findings">Where they go.</param>
    /// <param name="maxBatchBytes">The largest body, in bytes. Default 500,000 (CAX reference 12.4).</param>
    public void ValidateBatch(ReadOnlyMemory<byte> body, ICollection<Finding> findings, int maxBatchBytes = DefaultMaxBatchBytes)
    {
        var ofBody = new EventFindings(findings, options, "$");
        if (body.Length > maxBatchBytes)
        {
            ofBody.Error("CAX061", "$", string.Create(
                CultureInfo.InvariantCulture,
                $"the body is {body.Length:N0} bytes, the limit {maxBatchBytes:N0}; send fewer events at once"));
        }

        var ids = new BatchIds();
        var index = 0;
        foreach (var range in BatchBody.Events(body.Span, ofBody))
        {
            Validate(body[range], string.Create(CultureInfo.InvariantCulture, $"$.batch[{index}]"), findings, ids);
            index++;
        }
    }

    private void Validate(ReadOnlyMemory<byte> utf8, string root, ICollection<Finding> findings, BatchIds? ids)
    {
        var ofEvent = new EventFindings(findings, options, root);
        SizeRule.Check(utf8.Span, options.MaxBytes, root, ofEvent);
        using (var document = EventDocument.Parse(utf8, root, ofEvent))
        {
            if (document is not null)
            {
                Check(document.RootElement, root, ofEvent, ids);
            }
        }

        ofEvent.Close();
    }

    private void Check(JsonElement root, string path, EventFindings findings, BatchIds? ids)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Error("CAX001", path, "an event must be a JSON object");
            return;
        }

        var place = Place.Event(path);
        var standard = NameRules.Check(root, place, findings);
        ContextRules.Check(root, place, time.GetUtcNow(), findings);
        ids?.Check(root, place, findings);
        UserRules.Check(root, consentAsNumbers, place, findings);
        if (standard is not null)
        {
            RequiredRules.Check(root, standard, place, findings);
            EnumerationRules.Check(root, standard, place, findings);
        }

        MoneyRules.Check(root, standard, place, findings);
        var currency = CurrencyRules.OfEvent(root, standard, place, findings);
        ItemRules.Check(root, standard, currency, place, findings);
        VersionRules.Check(root, place, findings);
    }
}

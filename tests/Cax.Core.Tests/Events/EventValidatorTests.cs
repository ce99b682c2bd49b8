using System.Text;
using System.Text.Json.Nodes;
using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class EventValidatorTests
{
    [Fact]
    public void All_findings_of_an_event_come_at_once()
    {
        var purchase = ValidEvents.Purchase()
            .With("$.id", null).With("$.currency", "\"eur\"").With("$.revenue", "\"50\"").With("$.status", "\"done\"")
            .With("$.user.consistent_anonymous_id", null).With("$.user.country", "\"France\"")
            .With("$.context.event_timestamp", "1764061200").With("$.items[0].product.name", null).With("$.device", "{}");

        Assert.Equal(
            [
                "CAX013 E $.context.event_timestamp", "CAX021 E $.user.consistent_anonymous_id", "CAX026 W $.user.country",
                "CAX030 E $.id", "CAX030 E $.revenue", "CAX037 E $.status", "CAX032 E $.currency",
                "CAX039 E $.items[0].product.name", "CAX050 E $.device",
            ],
            Judge.Event(purchase));
    }

    [Fact]
    public void An_empty_object_misses_what_every_event_needs() =>
        Assert.Equal(
            ["CAX002 E $.event_name", "CAX010 E $.context.event_id", "CAX011 E $.context.event_timestamp", "CAX020 E $.user"],
            Judge.Text("{}"));

    [Fact]
    public void A_message_never_holds_a_value_of_the_event()
    {
        const string Secret = "Zq7secret";
        var purchase = ValidEvents.Purchase();
        foreach (var path in new[]
        {
            "$.event_name", "$.id", "$.currency", "$.value", "$.revenue", "$.tax_amount", "$.payment_method", "$.status", "$.device",
            "$.user.phone", "$.user.country", "$.user.gender", "$.user.birthdate", "$.user.email_md5", "$.user.consent_categories[0]",
            "$.context.event_timestamp", "$.items[0].quantity", "$.items[0].product.price", "$.items[0].product.currency",
        })
        {
            purchase.With(path, $"\"{Secret}\\u0000\"");
        }

        var findings = Judge.Findings(purchase.ToUtf8());

        Assert.True(findings.Count > 10);
        Assert.DoesNotContain(findings, finding => finding.Message.Contains(Secret, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Message));
    }

    [Fact]
    public void An_event_of_exactly_the_limit_passes_and_one_byte_more_does_not()
    {
        var lead = ValidEvents.Lead().With("$.note", "\"\"");
        var room = EventOptions.DefaultMaxBytes - lead.ToUtf8().Length;
        Assert.Empty(Judge.Event(lead.With("$.note", $"\"{new string('x', room)}\"")));

        var finding = Assert.Single(Judge.Findings(lead.With("$.note", $"\"{new string('x', room + 1)}\"").ToUtf8()));
        Assert.Equal(("CAX060", Severity.Error, "$"), (finding.Code, finding.Severity, finding.Path));
        Assert.StartsWith("the event is 32,001 bytes, the limit 32,000; shorten the heaviest parts: $.note 31,", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_counted_and_not_letters()
    {
        var options = new EventOptions { MaxBytes = 1_000 };
        var lead = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(ValidEvents.Lead().ToUtf8()).Replace("quote_form", new string('é', 400), StringComparison.Ordinal));

        Assert.Equal(["CAX060 E $"], Judge.Bytes(lead, options));
    }

    [Fact]
    public void Findings_stop_at_a_hundred_and_the_last_one_counts_the_rest()
    {
        var purchase = ValidEvents.Purchase();
        purchase["items"] = new JsonArray([.. Enumerable.Range(0, 250).Select(_ => (JsonNode)1)]);

        var findings = Judge.Findings(purchase.ToUtf8());

        Assert.Equal(101, findings.Count);
        Assert.Equal(new Finding(
            "CAX039", Severity.Error, "$", "has 150 findings more, which are left out; repair the first 100 and validate again"), findings[^1]);
    }

    [Fact]
    public void An_error_is_not_hidden_by_a_hundred_warnings()
    {
        var options = new EventOptions { Severities = new Dictionary<string, Severity> { ["CAX034"] = Severity.Warning } };
        var purchase = ValidEvents.Purchase();
        var item = purchase["items"]![0]!.AsObject().With("$.quantity", "-1");
        purchase["items"] = new JsonArray([.. Enumerable.Range(0, 110).Select(_ => item.DeepClone())]);
        Assert.DoesNotContain(Judge.Event(purchase, options), finding => finding.Contains(" E ", StringComparison.Ordinal));

        purchase.With("$.device", "{}");

        Assert.Equal("CAX050 E $", Judge.Event(purchase, options)[^1]);
    }

    [Fact]
    public void One_validator_serves_many_threads()
    {
        var validator = new EventValidator(new EventOptions(), consentAsNumbers: false, ValidEvents.Clock());
        var utf8 = ValidEvents.Purchase().With("$.status", "\"done\"").ToUtf8();

        var counts = new int[200];
        Parallel.For(0, counts.Length, i =>
        {
            var findings = new List<Finding>();
            validator.Validate(utf8, findings);
            counts[i] = findings.Count;
        });

        Assert.All(counts, count => Assert.Equal(1, count));
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Payloads;

public sealed class V2PayloadTests
{
    private const string Conforming =
        """
        {"event_name": "purchase", "id": "ORD-1", "type": "online", "status": "in_progress", "payment_method": "card",
         "currency": "EUR", "revenue": 50.00, "value": 64.90, "items": [],
         "user": {"id": "C-1", "consistent_anonymous_id": "a1", "consent_categories": ["1", "3"]},
         "context": {"event_id": "given", "event_timestamp": 1764061200000}}
        """;

    [Fact]
    public void A_conforming_event_keeps_its_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Conforming);

        var @event = Assert.Single(new RecordMapper(Options).Map(bytes, Origin).Events);

        Assert.True(MemoryMarshal.TryGetArray(@event.Utf8, out var segment));
        Assert.Same(bytes, segment.Array);
        Assert.Equal(bytes.Length, segment.Count);
    }

    [Fact]
    public void Numeric_ids_become_texts_digit_for_digit()
    {
        var result = Map(
            """{"event_name":"generate_lead","id":90071992547409931,"user":{"id":7,"consistent_anonymous_id":"a","consent_categories":["1"]},"context":{"event_id":"e","event_timestamp":1795251000000}}""");

        Assert.Equal(
            """{"event_name":"generate_lead","id":"90071992547409931","user":{"id":"7","consistent_anonymous_id":"a","consent_categories":["1"]},"context":{"event_id":"e","event_timestamp":1795251000000}}""",
            Encoding.UTF8.GetString(Assert.Single(result.Events).Utf8.Span));
    }

    [Fact]
    public void Its_facts_are_told()
    {
        var @event = Event(Conforming);

        Assert.Equal(("purchase", "given", true, 1764061200000), (@event.Name, @event.Id, @event.IdSupplied, @event.Timestamp));
        Assert.Empty(Map(Conforming).Findings);
    }

    [Fact]
    public void White_space_and_a_byte_order_mark_around_it_are_no_part_of_the_event() =>
        Assert.Equal(Conforming, Text("\uFEFF \r\n" + Conforming + "\n"));

    [Fact]
    public void A_conforming_event_that_is_too_large_loses_its_white_space()
    {
        var spacious = Conforming.Replace("\"items\": [", "\"note\": \" a  \\\" : , \", \"items\": [ " + new string(' ', 200), StringComparison.Ordinal);

        var text = Text(spacious, Options with { MaxEventBytes = 500 });

        Assert.Contains("\"note\":\" a  \\\" : , \",\"items\":[],\"user\":{\"id\":\"C-1\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("1e400")]
    [InlineData("-0.10000000000000000000000000000000000001")]
    [InlineData("\"\\ud83d\\ude00 \\u00e9 \\/\"")]
    [InlineData("\"naïve 👕 \u2028 \u007f\"")]
    [InlineData("{\"a\":[1,{\"b\":null}],\"\":true}")]
    public void A_custom_member_is_kept_digit_for_digit_when_the_event_is_rewritten(string value)
    {
        var text = Text(Conforming.Replace("\"currency\": \"EUR\"", $"\"currency\": \"eur\", \"custom ☃ \\\" name\": {value}", StringComparison.Ordinal));

        Assert.Contains($",\"custom ☃ \\\" name\":{value},\"revenue\":50.00,", text, StringComparison.Ordinal);
        Assert.Contains("\"currency\":\"EUR\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_recognised_through_their_escapes()
    {
        var @event = Event(Conforming.Replace("event_name", "event\\u005fname", StringComparison.Ordinal)
            .Replace("event_timestamp", "event\\u005ftimestamp", StringComparison.Ordinal));

        Assert.Equal("purchase", @event.Name);
        Assert.Equal(1764061200000, @event.Timestamp);
    }

    [Fact]
    public void The_name_of_the_web_container_for_the_id_is_understood()
    {
        var @event = Event(Conforming.Replace("event_id", "eventId", StringComparison.Ordinal));

        Assert.Equal(("given", true), (@event.Id, @event.IdSupplied));
        Assert.Contains("\"context\":{\"event_id\":\"given\",", Text(@event), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void An_empty_id_is_as_good_as_none(string id)
    {
        var @event = Event(Conforming.Replace("\"given\"", id, StringComparison.Ordinal));

        Assert.False(@event.IdSupplied);
        Assert.Contains($"\"event_id\":\"{@event.Id}\"", Text(@event), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_an_object_is_refused() =>
        Assert.Equal("CAX010", Assert.Single(Map(Conforming.Replace("\"given\"", "{}", StringComparison.Ordinal)).Findings).Code);

    [Theory]
    [InlineData("{\"event_name\":5}")]
    [InlineData("{\"event_name\":\"\"}")]
    [InlineData("{\"event_name\":null,\"context\":{}}")]
    public void An_event_without_a_name_is_refused(string json) => Assert.Equal(ReasonCodes.InvalidMessage, Map(json).ParkedBecause);

    [Theory]
    [InlineData("\"user\": {", "\"user\": \"nobody\", \"x\": {")]
    [InlineData("\"items\": []", "\"items\": 5")]
    [InlineData("\"payment_method\": \"card\"", "\"payment_method\": 5")]
    [InlineData("\"revenue\": 50.00", "\"revenue\": \"50\"")]
    public void What_only_the_validator_can_judge_is_left_to_it(string good, string bad)
    {
        var broken = Conforming.Replace(good, bad, StringComparison.Ordinal);

        Assert.Equal(broken, Text(broken));
    }

    [Fact]
    public void A_context_that_is_no_object_is_refused() =>
        Assert.Equal(
            ReasonCodes.InvalidMessage, Map("""{"event_name":"login","context":"x","user":{"id":"1","consent_categories":[]}}""").ParkedBecause);
}

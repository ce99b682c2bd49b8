using System.Text;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>Where a profile finds its records in a message, and what becomes of several in one.</summary>
public class RecordsInMessagesTests
{
    private const string Document =
        """
        {
          "profile": "probe", "version": 1, "title": "A probe",
          "records": ["$.data[]", "$.entry[].changes[]", { "base64": "$.body" }, { "json": "$.payload" }, { "path": "$.order", "when": { "value": "$.kind", "equals": "order" } }, "$"],
          "skip": [{ "rule": "test_order", "when": { "value": "$.test", "equals": "true" } }, { "rule": "no_payload", "when": { "present": "$.missing" }, "park": true, "note": "ask the sender for it" }],
          "events": [{ "event": "probe_seen", "when": { "present": "$.id" }, "time": { "timestamp": "$.at" }, "set": { "id": "$.id", "user.id": "$$.shop" } }]
        }
        """;

    [Fact]
    public void A_single_record_in_a_list_is_mapped_as_it_is() =>
        Assert.Equal(["7 of s"], Ids("""{"shop":"s","data":[{"id":7,"at":"2026-01-01T00:00:00Z"}]}"""));

    [Fact]
    public void Each_record_of_a_list_is_one_of_its_own_with_all_that_stands_around_the_list() =>
        Assert.Equal(["7 of s", "8 of s"], Ids("""{"data": [ {"id":7,"at":"2026-01-01T00:00:00Z"} , {"id":8,"at":"2026-01-01T00:00:00Z"} ], "shop":"s"}"""));

    [Fact]
    public void Lists_within_lists_are_gone_through() => Assert.Equal(
        ["1 of s", "2 of s", "3 of s"],
        Ids("""{"shop":"s","entry":[{"changes":[{"id":1,"at":"2026-01-01T00:00:00Z"},{"id":2,"at":"2026-01-01T00:00:00Z"}]},{"changes":[]},{"changes":[{"id":3,"at":"2026-01-01T00:00:00Z"}]}]}"""));

    [Fact]
    public void One_broken_record_costs_no_other() => Assert.Equal(
        ["incomplete_record", "8 of s", "test_order", "no_event", "profile_rule"],
        Ids("""{"shop":"s","data":[{"id":7,"at":"someday"},{"id":8,"at":"2026-01-01T00:00:00Z"},{"id":9,"test":true},{"name":"x"},{"missing":1}]}"""));

    [Theory]
    [InlineData("""{"shop":"s","data":[5]}""")]
    [InlineData("""{"shop":"s","data":[null,"text"]}""")]
    [InlineData("""{"shop":"s","entry":[{"changes":[true]}]}""")]
    public void What_stands_in_the_place_of_a_record_and_is_none_is_parked(string message) => Assert.Equal(["invalid_message"], Ids(message));

    [Fact]
    public void Among_several_what_is_no_record_is_parked_alone() =>
        Assert.Equal(["invalid_message", "8 of s"], Ids("""{"shop":"s","data":[5,{"id":8,"at":"2026-01-01T00:00:00Z"}]}"""));

    [Fact]
    public void A_value_in_the_place_of_a_list_leaves_the_record_to_the_next_place() =>
        Assert.Equal(["7 of s"], Ids("""{"shop":"s","data":"x","id":7,"at":"2026-01-01T00:00:00Z"}"""));

    [Fact]
    public void The_shape_of_one_record_is_enough_to_know_a_message()
    {
        const string Broken = """{"note":"no id here"}""";
        const string Contact = """{"id":"7","createdAt":"2026-01-01T00:00:00Z","properties":{"hs_object_id":"7","lastmodifieddate":"2026-01-01T00:00:00Z","email":"a@example.com"}}""";

        var result = new Cax.Core.Mapping.RecordMapper(Support.MapperProbe.Options).Map(
            Encoding.UTF8.GetBytes($$"""{"results":[{{Broken}},{{Contact}}]}"""), Support.MapperProbe.Origin);

        Assert.Equal("hubspot", result.Profile?.Name);
        Assert.Equal(2, result.Parts.Count);
    }

    [Fact]
    public void A_key_that_went_through_a_binary_float_is_none()
    {
        const string Keyed =
            """{ "profile": "probe", "version": 1, "title": "A probe", "events": [{ "event": "probe_seen", "key": "$.id", "time": { "received": true }, "set": { "user.id": "$.person" } }] }""";

        Assert.Equal("incomplete_record", ProfileProbe.Map(Keyed, """{"id":8.209829119461545e17,"person":"C"}""").ParkedBecause);
        Assert.DoesNotContain("1e3", Encoding.UTF8.GetString(ProfileProbe.Map(Keyed, """{"id":1,"person":1e3}""").Events[0].Utf8.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_says_where_its_record_stood()
    {
        const string Message = """{"shop":"s","data":[{"id":7},{"id":8}]}""";

        var parts = ProfileProbe.Map(Document, Message).Parts;

        Assert.Equal(["""{"id":7}""", """{"id":8}"""], parts.Select(part => Message.Substring(part.Offset, part.Length)));
        Assert.Equal("""{"shop":"s","data":[{"id":8}]}""", Encoding.UTF8.GetString(parts[1].Utf8.Span));
        Assert.Equal([parts[0].Offset + 3, parts[1].Offset + 3], ProfileProbe.Map(Document, " \n " + Message).Parts.Select(part => part.Offset));
    }

    [Fact]
    public void Texts_that_hold_a_message_are_opened_again_and_again()
    {
        var inner = Convert.ToBase64String("""{"shop":"s","data":[{"id":7,"at":"2026-01-01T00:00:00Z"},{"id":8,"at":"2026-01-01T00:00:00Z"}]}"""u8.ToArray());

        Assert.Equal(["7 of s", "8 of s"], Ids($$$"""{"payload":"{\"body\":\"{{{inner}}}\"}"}"""));
        Assert.Equal(["invalid_message"], Ids("""{"body":"no base64!"}"""));
        Assert.Equal(["malformed_json"], Ids("""{"payload":"{"}"""));
    }

    [Fact]
    public void What_is_no_object_in_a_list_of_records_is_parked_each_by_itself() => Assert.Equal(
        ["invalid_message", "8 of s", "invalid_message"],
        Ids("""{"shop":"s","data":[1,{"id":8,"at":"2026-01-01T00:00:00Z"},null,"x"]}"""));

    [Fact]
    public void A_list_of_records_that_stands_twice_is_not_taken_apart() =>
        Assert.Equal(["duplicate_key"], Ids("""{"data":[{"id":7},{"id":8}],"data":[{"id":9}]}"""));

    [Fact]
    public void A_place_counts_under_its_condition_only()
    {
        Assert.Equal(["7 of s"], Ids("""{"shop":"s","kind":"order","order":{"id":7,"at":"2026-01-01T00:00:00Z"}}"""));
        Assert.Equal(["no_event"], Ids("""{"shop":"s","kind":"cart","order":{"id":7,"at":"2026-01-01T00:00:00Z"}}"""));
    }

    [Fact]
    public void An_empty_list_is_skipped_by_its_own_rule() => Assert.Equal(["no_records"], Ids("""{"shop":"s","data":[]}"""));

    [Fact]
    public void A_name_that_stands_twice_matters_where_it_is_read()
    {
        Assert.Equal(["duplicate_key"], Ids("""{"shop":"s","id":7,"id":8,"at":"2026-01-01T00:00:00Z"}"""));
        Assert.Equal(["7 of s"], Ids("""{"shop":"s","id":7,"at":"2026-01-01T00:00:00Z","note":1,"note":2}"""));
    }

    [Fact]
    public void Lists_within_lists_within_lists_come_to_an_end()
    {
        const string Costly =
            """
            { "profile": "probe", "version": 1, "title": "A probe", "events": [{ "event": "probe_seen", "time": { "received": true }, "set": { "user.id": { "constant": "C" } },
              "custom": { "x": { "count": { "each": "$.l", "value": { "count": { "each": "$.l", "value": { "count": "$.l" } } } } } } }] }
            """;

        var result = ProfileProbe.Map(Costly, $$"""{"l":[{{string.Join(",", Enumerable.Repeat(1, 20_000))}}]}""");

        Assert.Equal("too_costly", result.ParkedBecause);
    }

    [Theory]
    [InlineData("""{ "count": { "each": "$.l", "value": { "lower": "$.note" } } }""")]
    [InlineData("""{ "count": { "each": "$.l", "value": { "extract": "$.note", "pattern": "z$" } } }""")]
    [InlineData("""{ "count": { "each": "$.l", "group": { "count": "$.l" }, "value": 1 } }""")]
    [InlineData("""{ "count": { "each": "$.l", "value": "$.missing" } }""")]
    public void One_record_may_not_cost_without_end(string expression)
    {
        var document = ProfileProbe.Document.Replace("%", expression, StringComparison.Ordinal);
        var others = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\"m{i}\":0,"));
        var message = $$"""{"l":[{{string.Join(",", Enumerable.Repeat(1, 20_000))}}],{{others}}"note":"{{new string('n', 100_000)}}"}""";

        Assert.Equal("too_costly", ProfileProbe.Map(document, message).ParkedBecause);
    }

    [Fact]
    public void A_hundred_thousand_broken_items_are_told_about_some_of_them_in_little_time()
    {
        const string Items =
            """
            { "profile": "probe", "version": 1, "title": "A probe", "events": [{ "event": "probe_seen", "time": { "received": true }, "set": { "user.id": { "constant": "C" },
              "items": { "each": "$.l", "set": { "id": "@.id", "quantity": "@.q", "product.id": "@.id", "product.name": "@.id" } } } }] }
            """;

        var result = ProfileProbe.Map(Items, $$"""{"l":[{{string.Join(",", Enumerable.Repeat("""{"q":"many"}""", 100_000))}}]}""");

        Assert.Equal("incomplete_record", result.ParkedBecause);
        Assert.Equal(300, result.Findings.Count);
        Assert.Contains("399999 more", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_records_are_taken_apart_in_one_go()
    {
        var result = ProfileProbe.Map(Document, $$"""{"entry":[{{string.Join(",", Enumerable.Repeat("""{"changes":[{"id":7}]}""", 100_000))}}]}""");

        Assert.Equal(100_000, result.Parts.Count);
        Assert.Equal("""{"entry":[{"changes":[{"id":7}]}]}""", Encoding.UTF8.GetString(result.Parts[99_999].Utf8.Span));
    }

    [Theory]
    [InlineData("\"$.t\"")]
    [InlineData("{ \"upper\": \"$.t\" }")]
    [InlineData("{ \"when\": { \"value\": \"$.t\", \"matches\": \"z$\" }, \"then\": \"$.t\" }")]
    public void A_long_text_for_each_of_many_elements_comes_to_an_end(string expression)
    {
        var document =
            $$"""
            { "profile": "probe", "version": 1, "title": "A probe", "events": [{ "event": "probe_seen", "time": { "received": true }, "set": { "user.id": { "constant": "C" },
              "items": { "each": "$.l", "set": { "id": "@", "quantity": 1, "product.id": "@", "product.name": {{expression}} } } } }] }
            """;
        var mapper = ProfileProbe.Mapper(document);
        var message = Encoding.UTF8.GetBytes($$"""{"t":"\n{{new string('t', 500_000)}}","l":[{{string.Join(",", Enumerable.Repeat(1, 20_000))}}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = mapper.Map(message, ProfileProbe.Origin());

        Assert.Equal("too_costly", result.ParkedBecause);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 500_000_000);
    }

    [Fact]
    public void Many_records_with_much_around_them_are_not_copied_into_many_messages()
    {
        var result = ProfileProbe.Map(Document, $$"""{"shop":"{{new string('s', 100_000)}}","data":[{{string.Join(",", Enumerable.Repeat("{}", 10_000))}}]}""");

        Assert.Equal("too_costly", result.ParkedBecause);
    }

    private static List<string> Ids(string message)
    {
        var mapper = ProfileProbe.Mapper(Document);
        var outcomes = new List<string>();
        Collect(Encoding.UTF8.GetBytes(message));
        return outcomes;

        void Collect(ReadOnlyMemory<byte> utf8)
        {
            var result = mapper.Map(utf8, ProfileProbe.Origin());
            outcomes.AddRange(result.Events.Select(one =>
            {
                var json = System.Text.Json.JsonElement.Parse(one.Utf8.Span);
                return $"{json.GetProperty("id").GetString()} of {json.GetProperty("user").GetProperty("id").GetString()}";
            }));
            if ((result.ParkedBecause ?? result.SkippedBy) is { } reason)
            {
                outcomes.Add(reason);
            }

            foreach (var part in result.Parts)
            {
                Collect(part.Utf8);
            }
        }
    }
}

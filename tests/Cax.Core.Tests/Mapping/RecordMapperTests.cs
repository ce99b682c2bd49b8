using System.Text;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping;

public sealed class RecordMapperTests
{
    [Theory]
    [InlineData("", ReasonCodes.MalformedJson)]
    [InlineData("  \n", ReasonCodes.MalformedJson)]
    [InlineData("{", ReasonCodes.MalformedJson)]
    [InlineData("{\"event_name\":\"a\",}", ReasonCodes.MalformedJson)]
    [InlineData("{\"event_name\":\"a\"} {}", ReasonCodes.MalformedJson)]
    [InlineData("{\"event_name\":NaN}", ReasonCodes.MalformedJson)]
    [InlineData("{\"a\":\"\\ud800\",}", ReasonCodes.MalformedJson)]
    [InlineData("{\"a\":1,\"a\":2,}", ReasonCodes.MalformedJson)]
    [InlineData("{\"a\":1,\"a\":2}", ReasonCodes.DuplicateKey)]
    [InlineData("{\"event_name\":\"x\",\"user\":{\"id\":1,\"\\u0069d\":2}}", ReasonCodes.DuplicateKey)]
    [InlineData("{\"event_name\":\"x\",\"items\":[{\"a\":1,\"a\":1}]}", ReasonCodes.DuplicateKey)]
    [InlineData("{\"event_name\":\"\\ud800\"}", ReasonCodes.InvalidText)]
    [InlineData("{\"event_name\":\"\\udc00\\ud800\"}", ReasonCodes.InvalidText)]
    [InlineData("{\"event_name\":\"x\",\"\\uDFFF\":1}", ReasonCodes.InvalidText)]
    [InlineData("{\"a\":1,\"a\":2,\"b\":\"\\ud83dx\"}", ReasonCodes.InvalidText)]
    [InlineData("5", ReasonCodes.UnknownPayload)]
    [InlineData("null", ReasonCodes.UnknownPayload)]
    [InlineData("\"x\"", ReasonCodes.UnknownPayload)]
    [InlineData("[{\"event_name\":\"x\"}]", ReasonCodes.UnknownPayload)]
    [InlineData("{}", ReasonCodes.UnknownPayload)]
    [InlineData("{\"event\":5}", ReasonCodes.UnknownPayload)]
    [InlineData("{\"type\":\"order\"}", ReasonCodes.UnknownPayload)]
    [InlineData("{\"type\":5,\"batch\":[]}", ReasonCodes.UnknownPayload)]
    public void A_record_that_cannot_be_read_is_parked_with_its_reason(string json, string reason)
    {
        var result = Map(json);

        Assert.Equal(reason, result.ParkedBecause);
        Assert.NotEmpty(result.Detail!);
        Assert.Empty(result.Events);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud800")]
    [InlineData("\\\\\\ud83d\\uDE00")]
    public void Whole_pairs_and_escaped_backslashes_are_no_halves(string text) =>
        Assert.Contains(text, Text($$$"""{"event_name":"x","a":"{{{text}}}","user":{"id":"1","consent_categories":[]}}"""), StringComparison.Ordinal);

    [Fact]
    public void Sixty_four_levels_are_not_too_deep()
    {
        Assert.Equal(ReasonCodes.UnknownPayload, Map(new string('[', 64) + new string(']', 64)).ParkedBecause);
        Assert.Equal(ReasonCodes.TooDeep, Map(new string('[', 65) + new string(']', 65)).ParkedBecause);
        Assert.Equal(ReasonCodes.TooDeep, Map(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).ParkedBecause);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_told_from_bytes_that_are_not_JSON() =>
        Assert.Equal(ReasonCodes.InvalidText, Map([.. "{\"event_name\":\""u8, 0xE9, .. "\"}"u8]).ParkedBecause);

    [Fact]
    public void Who_sends_something_unknown_learns_what_is_known() =>
        Assert.All(["order.placed", "event_name", "SegmentStream", "version 1"], shape => Assert.Contains(shape, Map("{}").Detail, StringComparison.Ordinal));

    [Fact]
    public async Task Threads_do_not_disturb_each_other()
    {
        var mapper = new RecordMapper(Options);
        var records = MessageContract.Examples.Values.Select(Encoding.UTF8.GetBytes).ToArray();
        var expected = records.Select(record => Text(mapper.Map(record, Origin).Events[0])).ToArray();

        await Parallel.ForAsync(0, 2_000, (i, _) =>
        {
            Assert.Equal(expected[i % records.Length], Text(mapper.Map(records[i % records.Length], Origin).Events[0]));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void A_parked_record_leaves_nothing_behind_for_the_next()
    {
        const string Json = """{"event_name":"login","user":{"id":"1","consent_categories":[]},"context":{"event_timestamp":1764061200000}}""";
        var before = Text(Json);

        Map("""{"type":"order.placed","version":1,"order":{"id":"X","custom":{"a":1}}}""");

        Assert.Equal(before, Text(Json));
        Assert.Empty(Map(Json).Findings);
    }

    /// <summary>Every prefix of every example, and every example with one byte changed.</summary>
    [Fact]
    public void Damaged_records_are_results_not_exceptions()
    {
        var mapper = new RecordMapper(Options);
        foreach (var record in MessageContract.Examples.Values.Select(Encoding.UTF8.GetBytes))
        {
            for (var i = 0; i < record.Length; i++)
            {
                AssertResult(mapper.Map(record.AsMemory(0, i), Origin));
                foreach (var damage in "\"{}[]:,0\\n"u8)
                {
                    var damaged = record.ToArray();
                    damaged[i] = damage;
                    AssertResult(mapper.Map(damaged, Origin));
                }
            }
        }
    }

    /// <summary>Every member of every shape replaced by a value of every kind.</summary>
    [Fact]
    public void Values_of_the_wrong_kind_are_results_not_exceptions()
    {
        string[] shapes =
        [
            .. MessageContract.Examples.Values,
            """{"event_name":"purchase","id":"1","payment_method":"x","currency":"eur","revenue":1,"tax_amount":1,"shipping_amount":1,"status":"x","event_timestamp":1,"user":{"id":"1","email":"a@b","phone":"1","consent_categories":[1]},"context":{"eventId":"1","event_timestamp":"x","created":"x"}}""",
            """{"event_name":"a","event":"b","event_id":"1","eventId":"1","page":{"location":"x"},"device":{"cookies":"x"},"app":{},"version":1,"context":{"device":{}},"properties":{"user":{"id":1},"page":{}}}""",
            """{"hitId":"1","sentAt":"x","event":{"name":"Completed Transaction","label":"x","product":{},"user":{"userId":"1","email":"a@b","emailHash":"x","phone":"1","birthDate":"x"},"transaction":{"orderId":"1","currency":"x","total":1,"tax":1,"shippingCost":1,"subtotal":1,"status":"x","vouchers":["x"],"contactInfo":{"email":"x"},"lineItems":[{"quantity":1,"product":{"id":"1","skuCode":"1","unitPrice":2,"unitSalePrice":1,"category":["a"],"color":"x"}}]}},"context":{"ip":"x","userAgent":"x"}}""",
        ];
        MappingOptions[] options = [Options, Options with { General = new() { Consent = new() { Policy = ConsentPolicy.Omit } }, Identity = new() { SendHashed = true } }];
        foreach (var mapper in options.Select(o => new RecordMapper(o)))
        {
            foreach (var mutant in shapes.SelectMany(Support.JsonMutants.Of))
            {
                AssertResult(mapper.Map(Encoding.UTF8.GetBytes(mutant), Origin));
            }
        }
    }

    [Fact]
    public void The_files_of_the_test_suite_are_results_not_exceptions()
    {
        var samples = Environment.GetEnvironmentVariable("CAX_SAMPLES");
        Assert.SkipWhen(string.IsNullOrEmpty(samples), "CAX_SAMPLES names no folder of samples.");
        var files = Directory.GetFiles(Path.Combine(samples, "torture"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            AssertResult(Map(bytes));
            AssertResult(Map([.. "{\"event_name\":\"x\",\"user\":{\"id\":\"1\",\"consent_categories\":[]},\"a\":"u8, .. bytes, .. "}"u8]));
        }
    }

    private static void AssertResult(MapResult result)
    {
        Assert.True(result.ParkedBecause is null ? result.Events.Count == 1 : result.Detail is { Length: > 0 });
        foreach (var @event in result.Events)
        {
            using var valid = System.Text.Json.JsonDocument.Parse(@event.Utf8, new() { AllowDuplicateProperties = false });
        }
    }
}

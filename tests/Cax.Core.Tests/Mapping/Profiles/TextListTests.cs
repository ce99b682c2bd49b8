using System.Text;
using System.Text.Json;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Mapping.Profiles;

public sealed class TextListTests
{
    private const string Profile = """
        {
          "profile": "teas", "version": 1, "title": "Leads",
          "events": [ {
            "event": "generate_lead", "time": { "timestamp": "$.at" },
            "set": { "id": "$.id", "user.id": "$.id", "user.consent_categories": { "when": { "present": "$.none" }, "then": { "list": [] }, "else": "$.granted[]" } }
          } ]
        }
        """;

    [Theory]
    [InlineData("\"none\": true", "[]")]
    [InlineData("\"granted\": [null, \"2\", \"\", 3]", "[\"2\",\"3\"]")]
    public void A_list_of_texts_leaves_out_what_is_empty_and_may_itself_be_empty(string member, string expected)
    {
        var catalog = ProfileCatalog.Of([new ProfileDocument("test", Encoding.UTF8.GetBytes(Profile))]);
        Assert.Empty(catalog.Problems);
        var record = Encoding.UTF8.GetBytes("{\"at\": \"2026-03-01T10:00:00Z\", \"id\": \"L1\", " + member + "}");
        var origin = new RecordOrigin("test", MapperProbe.Origin.ReceivedAt) { Profile = new ProfileChoice("teas", ProfileRule.Property) };

        var result = new RecordMapper(MapperProbe.Options, () => catalog).Map(record, origin);

        Assert.Equal(expected, JsonElement.Parse(Assert.Single(result.Events).Utf8.Span).GetProperty("user").GetProperty("consent_categories").GetRawText());
    }
}

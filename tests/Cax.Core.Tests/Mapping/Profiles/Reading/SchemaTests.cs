using System.Text.Json.Nodes;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Reading;
using Cax.Core.Mapping.Profiles.Targets;
using NJsonSchema;
using static Cax.Core.Tests.Mapping.Profiles.Reading.Documents;

namespace Cax.Core.Tests.Mapping.Profiles.Reading;

/// <summary>The schema is what editors go by: it and the reader know the same words and judge alike.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(ProfileContract.Schema).GetAwaiter().GetResult());

    private static readonly JsonNode Json = JsonNode.Parse(ProfileContract.Schema)!;

    public static TheoryData<string, string?> Fine => ProfileReaderTests.Fine;

    /// <summary>Mistakes that a schema can see: neither names from elsewhere in the document, nor the scope of @, nor what only a list can be.</summary>
    public static TheoryData<string, string?> Mistakes => new()
    {
        { "title", null },
        { "titel", "\"x\"" },
        { "title", "5" },
        { "title", "\" \"" },
        { "notes", "[]" },
        { "profile", "\"Tea\"" },
        { "version", "2" },
        { "otherwise", "\"Not Paid\"" },
        { "skip", "[]" },
        { "events", "[]" },
        { "recognise", "\"$.teas\"" },
        { "input", "{\"format\": \"cvs\"}" },
        { "input", "{\"format\": \"json\", \"csv\": {}}" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"header\": false}}" },
        { "parameters/zone/defalt", "\"UTC\"" },
        { "lookups/pay/Cash", "5" },
        { "skip/0/park", "\"true\"" },
        { "records", "[{\"path\": \"$.a\", \"json\": \"$.b\"}]" },
        { "events/0/time", "{\"received\": \"now\"}" },
        { "records", "[\"@.x\"]" },
        { "records", "[\"$$.x\"]" },
        { "records", "[{\"base64\": \"$.bodies[]\"}]" },
        { "records", "[{\"zip\": \"$.body\"}]" },
        { "events/0/event", "\"Purchase\"" },
        { "events/0/time", "\"$.at\"" },
        { "events/0/time/at", "\"noon\"" },
        { "events/0/time/format", "[]" },
        { "events/0/set/id", null },
        { "events/0/set/value", null },
        { "events/0/set/user.email", null },
        { "events/0/set/items/set/product.name", null },
        { "events/0/set/taxAmount", "\"$.tax\"" },
        { "events/0/set/items", "\"$.teas[]\"" },
        { "events/0/set/coupon", "null" },
        { "events/0/set/coupon", "[\"$.a\"]" },
        { "events/0/set/coupon", "\"TEA10\"" },
        { "events/0/set/coupon", "{\"lowr\": \"$.code\"}" },
        { "events/0/set/coupon", "{\"lower\": \"$.code\", \"upper\": \"$.code\"}" },
        { "events/0/set/coupon", "{\"lower\": \"$.code\", \"with\": \",\"}" },
        { "events/0/set/coupon", "{\"first\": []}" },
        { "events/0/set/coupon", "{\"constant\": \"\"}" },
        { "events/0/set/coupon", "{\"lookup\": \"$.a\"}" },
        { "events/0/set/coupon", "{\"hash\": \"$.a\", \"with\": \"sha-256\"}" },
        { "events/0/set/coupon", "{\"except\": \"$.a\", \"values\": []}" },
        { "events/0/set/value", "{\"minor\": \"$.a\"}" },
        { "events/0/set/value", "{\"round\": \"$.a\", \"digits\": 1, \"currency\": \"$.c\"}" },
        { "events/0/set/value", "{\"difference\": [\"$.a\"]}" },
        { "events/0/set/value", "{\"ratio\": [\"$.a\", 2, 3]}" },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": \",,\"}" },
        { "events/0/set/user.consent_categories", "{\"each\": \"$.a[]\"}" },
        { "events/0/set/user.consent_categories", "{\"split\": \"$.a\"}" },
        { "events/0/custom", "{}" },
        { "events/0/custom/tableNo", "\"$.table\"" },
        { "events/0/when", "{}" },
        { "events/0/when", "{\"present\": \"$.a\", \"absent\": \"$.b\"}" },
        { "events/0/when", "{\"all\": []}" },
        { "events/0/when", "{\"value\": \"$.a\"}" },
        { "events/0/when", "{\"value\": \"$.a\", \"equals\": \"b\", \"in\": [\"c\"]}" },
        { "events/0/when", "{\"value\": \"$.a\", \"match\": \"b\"}" },
    };

    [Fact]
    public void The_sound_profile_keeps_the_schema() => Assert.Empty(Schema.Value.Validate(Sound));

    [Theory]
    [MemberData(nameof(Fine))]
    public void What_the_reader_takes_keeps_the_schema(string place, string? json) => Assert.Empty(Schema.Value.Validate(With(place, json)));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Schema_and_reader_refuse_the_same(string place, string? json)
    {
        var document = With(place, json);

        Assert.NotEmpty(Problems(document));
        Assert.NotEmpty(Schema.Value.Validate(document));
    }

    [Fact]
    public void The_targets_of_the_schema_are_those_of_the_connector()
    {
        Assert.Equal(Targets.EventNames.Order(), Names(Json["definitions"]!["set"]!["properties"]!).Order());
        Assert.Equal(Targets.ItemNames.Order(), Names(Json["definitions"]!["items"]!["properties"]!["set"]!["properties"]!).Order());
    }

    [Fact]
    public void The_operators_of_the_schema_and_their_options_are_those_of_the_reader()
    {
        var operators = Alternatives("expression").Where(one => one["required"] is not null).ToDictionary(one => one["required"]![0]!.GetValue<string>());

        Assert.Equal(ProfileVocabulary.Operators.Select(form => form.Name), operators.Keys);
        foreach (var form in ProfileVocabulary.Operators)
        {
            // "set" of an each is described with the items.
            var options = form.Required.Concat(form.Optional).Where(option => form.Name != "each" || option != "set").Append(form.Name);
            Assert.Equal(options.Order(), Names(operators[form.Name]["properties"]!).Order());
            Assert.True(form.Required.ToHashSet().IsSubsetOf(operators[form.Name]["required"]!.AsArray().Select(name => name!.GetValue<string>())));
        }
    }

    [Fact]
    public void The_conditions_of_the_schema_are_those_of_the_reader()
    {
        var conditions = Alternatives("condition").ToList();

        Assert.Equal(ProfileVocabulary.Conditions.Order(), conditions.Select(one => one["required"]![0]!.GetValue<string>()).Order());
        var compared = conditions.Single(one => one["required"]![0]!.GetValue<string>() == "value");
        Assert.Equal(ProfileVocabulary.Comparisons.Append("value").Order(), Names(compared["properties"]!).Order());
    }

    [Fact]
    public void The_named_formats_of_the_schema_are_those_of_the_reader() =>
        Assert.Equal(TimeFormat.Names.Order(), Json["definitions"]!["format"]!["anyOf"]![0]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order());

    [Fact]
    public void Everything_an_editor_may_offer_is_described()
    {
        Assert.All(Json["properties"]!.AsObject(), member => Assert.NotNull(member.Value!["description"]));
        Assert.All(Json["definitions"]!["set"]!["properties"]!.AsObject(), member => Assert.NotNull(member.Value!["description"]));
        Assert.All(
            Alternatives("expression").Where(one => one["required"] is not null),
            one => Assert.All(one["properties"]!.AsObject(), member => Assert.False(string.IsNullOrEmpty(member.Value!["description"]?.GetValue<string>() ?? (member.Value["$ref"] is null ? null : "by its definition")), member.Key)));
    }

    private static IEnumerable<JsonNode> Alternatives(string definition) => Json["definitions"]![definition]!["anyOf"]!.AsArray()
        .Select(one => one!["$ref"] is { } reference ? Json["definitions"]![reference.GetValue<string>().Split('/')[^1]]! : one);

    private static IEnumerable<string> Names(JsonNode properties) => properties.AsObject().Select(member => member.Key);
}

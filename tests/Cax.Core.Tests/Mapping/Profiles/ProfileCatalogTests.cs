using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Records;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>The profiles of an owner, and what becomes of them when they are written anew.</summary>
public sealed class ProfileCatalogTests
{
    [Fact]
    public void A_profile_that_cannot_be_read_any_more_stays_as_it_was_whatever_its_file_is_called()
    {
        var good = Catalog(null, Document("ours/a.profile.json", "till"));

        foreach (var text in (string[])["{\"profile\":", "", new string(' ', ProfileDocument.MostBytes + 1)])
        {
            var worse = Catalog(good, new ProfileDocument("ours/a.profile.json", Encoding.UTF8.GetBytes(text)));

            Assert.Same(good.Find("till"), worse.Find("till"));
            Assert.Equal("ours/a.profile.json", Assert.Single(worse.Problems).Place);
        }
    }

    [Fact]
    public void A_profile_that_is_gone_is_gone_and_one_that_is_new_is_there()
    {
        var first = Catalog(null, Document("a.profile.json", "till"));

        var second = Catalog(first, Document("b.profile.json", "kiosk"));

        Assert.False(second.Has("till"));
        Assert.True(second.Has("KIOSK"));
    }

    [Fact]
    public void A_broken_profile_of_its_own_does_not_let_the_built_in_one_of_its_name_step_in()
    {
        var catalog = Catalog(null, new ProfileDocument("woocommerce.profile.json", "{"u8.ToArray()));

        Assert.Null(catalog.Find("woocommerce"));
        Assert.True(catalog.Has("woocommerce"));
        Assert.True(catalog.IsBroken("woocommerce"));
    }

    [Fact]
    public void Parameters_are_those_of_the_profile_that_took_the_place_of_a_built_in_one()
    {
        var own = Encoding.UTF8.GetString(Document("a.profile.json", "shopify").Utf8.Span).Replace("\"title\"", "\"parameters\":{\"till\":{}},\"title\"", StringComparison.Ordinal);
        var parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["shopify"] = new Dictionary<string, string> { ["till"] = "7" } };

        var catalog = new ProfileCatalog(parameters, [new ProfileDocument("a.profile.json", Encoding.UTF8.GetBytes(own))]);

        Assert.Empty(catalog.Problems);
        Assert.False(catalog.IsBroken("shopify"));
        Assert.Equal("a.profile.json", catalog.Find("shopify")!.Document.Place);
    }

    [Fact]
    public void A_name_that_is_no_text_costs_no_other_profile()
    {
        var catalog = Catalog(null, new ProfileDocument("a.profile.json", """{"profile":"\ud800","version":1}"""u8.ToArray()), Document("b.profile.json", "till"));

        Assert.True(catalog.Has("till"));
        Assert.True(catalog.IsBroken("a"));
        Assert.Equal("a.profile.json", Assert.Single(catalog.Problems).Place);
    }

    [Fact]
    public void A_document_that_begins_with_a_byte_order_mark_has_the_name_that_it_gives_itself()
    {
        var document = Document("a.profile.json", "till");

        var catalog = Catalog(null, document with { Utf8 = (byte[])[0xEF, 0xBB, 0xBF, .. document.Utf8.Span] });

        Assert.Empty(catalog.Problems);
        Assert.NotNull(catalog.Find("till"));
    }

    [Fact]
    public void Documents_above_the_most_are_not_used_and_that_is_told()
    {
        var catalog = Catalog(null, [.. Enumerable.Range(0, ProfileCatalog.MostDocuments + 1).Select(i => Document($"{i:000}.profile.json", $"till-{i}"))]);

        Assert.True(catalog.Has("till-199"));
        Assert.False(catalog.Has("till-200"));
        Assert.Equal("200.profile.json", Assert.Single(catalog.Problems).Place);
    }

    [Theory]
    [InlineData("{}", "{\"present\": \"$['Order no']\"}", true)]
    [InlineData("{}", "{\"present\": \"$['Column 3']\"}", true)]
    [InlineData("{}", "{\"present\": \"$.Total\"}", false)]
    [InlineData("{\"groupBy\": [\"Order no\"]}", "{\"present\": \"$.rows[0]['Order no']\"}", true)]
    [InlineData("{\"groupBy\": [\"Order no\"]}", "{\"present\": \"$['Order no']\"}", false)]
    [InlineData("{\"header\": false, \"columns\": [\"Order no\"]}", "{\"present\": \"$['Order no']\"}", false)]
    public void A_profile_of_rows_knows_a_header_by_its_columns(string csv, string recognise, bool knows)
    {
        var catalog = Catalog(null, Rows(csv, recognise));

        Assert.Empty(catalog.Problems);
        Assert.Equal(knows, HeaderRecogniser.Knows(catalog.Find("rows")!, ["Order no", "a\"\\b\u0001", "Column 3"]));
    }

    [Fact]
    public void A_profile_of_rows_takes_no_part_in_recognising_records_and_no_other_in_recognising_headers()
    {
        var catalog = Catalog(null, Rows("{}", "{\"present\": \"$['Order no']\"}"));

        var mapped = new RecordMapper(new MappingOptions(), () => catalog).Map("""{"Order no":"1"}"""u8.ToArray(), new RecordOrigin("default", DateTimeOffset.UnixEpoch));

        Assert.Equal(ReasonCodes.UnknownPayload, mapped.ParkedBecause);
        Assert.Contains(catalog.OfRows, profile => profile.Name == "rows");
        Assert.DoesNotContain(catalog.OfRows, profile => profile.Name == "shopify");
    }

    private static ProfileDocument Rows(string csv, string recognise) => new("rows.profile.json", Encoding.UTF8.GetBytes(
        $$"""
        { "profile": "rows", "version": 1, "title": "Rows", "input": {"format": "csv", "csv": {{csv}}}, "recognise": {{recognise}},
          "events": [{ "event": "row_seen", "time": { "received": true }, "key": "$['Order no']", "set": { "user.id": "$['Order no']" } }] }
        """));

    private static ProfileCatalog Catalog(ProfileCatalog? earlier, params IReadOnlyList<ProfileDocument> documents) =>
        new(new ProfileOptions().Parameters, documents, earlier);

    private static ProfileDocument Document(string place, string name) => Tills.Document(name, place);
}

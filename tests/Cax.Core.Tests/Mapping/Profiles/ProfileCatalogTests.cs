using System.Text;
using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>The profiles of an owner, and what becomes of them when they are written anew.</summary>
public sealed class ProfileCatalogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cax-profiles-").FullName;

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

    [Fact]
    public void A_folder_gives_its_profiles_and_those_of_the_folders_below_in_the_order_of_their_names()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        Write("b.profile.json", "{}");
        Write("below/c.profile.json", "{}");
        Write("a.profile.json", new string(' ', ProfileDocument.MostBytes + 9));
        Write("a.cases.json", "{}");

        var documents = ProfileFolder.Read(_folder);

        Assert.Equal(["a.profile.json", "b.profile.json", "below/c.profile.json"], documents.Select(document => Path.GetRelativePath(_folder, document.Place).Replace('\\', '/')));
        Assert.Equal([ProfileDocument.MostBytes + 1, 2, 2], documents.Select(document => document.Utf8.Length));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_io_exception() =>
        Assert.ThrowsAny<IOException>(() => ProfileFolder.Read(Path.Combine(_folder, "nowhere")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ProfileCatalog Catalog(ProfileCatalog? earlier, params IReadOnlyList<ProfileDocument> documents) =>
        new(new ProfileOptions().Parameters, documents, earlier);

    private static ProfileDocument Document(string place, string name) => new(place, Encoding.UTF8.GetBytes(
        $$$"""
        {"profile":"{{{name}}}","version":1,"title":"Tills","events":[{"event":"generate_lead","time":{"timestamp":"$.at"},"set":{"id":"$.id","user.id":"$.who"}}]}
        """));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}

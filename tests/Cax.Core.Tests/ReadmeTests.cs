using System.Text.RegularExpressions;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Tests;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void Its_example_is_the_example_of_the_contract()
    {
        var example = Example().Match(Readme);

        Assert.True(example.Success);
        Assert.Equal(MessageContract.Examples[example.Groups[1].Value].TrimEnd(), example.Groups[2].Value.TrimEnd());
    }

    [Fact]
    public void Its_test_vectors_are_right()
    {
        var vectors = Vector().Matches(Readme);

        Assert.Equal(3, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal(
            vector.Groups[5].Value,
            EventIds.Derive(vector.Groups[1].Value, vector.Groups[2].Value, vector.Groups[3].Value, vector.Groups[4].Value)));
    }

    [Fact]
    public void It_explains_every_reason()
    {
        var codes = typeof(ReasonCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();

        Assert.True(codes.Count > 20);
        Assert.All(codes, code => Assert.Contains($"`{code}`", Readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_links_into_the_repository_lead_somewhere()
    {
        var links = Link().Matches(Readme).Select(link => link.Groups[1].Value).Where(link => !link.StartsWith("http", StringComparison.Ordinal)).ToList();

        Assert.True(links.Count > 5);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, link)), link));
    }

    [Fact]
    public void Its_contents_name_every_chapter()
    {
        var chapters = Chapter().Matches(Readme).Select(chapter => chapter.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')).ToList();

        Assert.True(chapters.Count > 5);
        Assert.All(chapters, chapter => Assert.Contains($"(#{chapter})", Readme, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"<!-- example: (\S+) -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `(\S+)` \| `(\S+)` \| `(\S+)` \| (?:`(\S+)` )?\| `([0-9a-f-]{36})` \|$", RegexOptions.Multiline)]
    private static partial Regex Vector();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Chapter();
}

using System.Text.RegularExpressions;
using Cax.Core.Mapping.Profiles.Reading;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>The reference of the language is true: each of its examples gives what it says, and it leaves no operator and no condition out.</summary>
public sealed partial class LanguageReferenceTests
{
    private static readonly string Reference = Repository.Read("src/Cax.Core/Mapping/Profiles/README.md");

    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        foreach (var row in Row().Matches(Reference).Select(row => row.Groups))
        {
            examples.Add(row[1].Value, row[2].Value, row[3].Value);
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_what_the_reference_says(string expression, string record, string gives) => Assert.Equal(
        gives.Length == 0 ? null : gives,
        ProfileProbe.Value(expression, record));

    [Fact]
    public void Every_operator_has_an_example()
    {
        var examples = string.Join("\n", Row().Matches(Reference).Select(row => row.Groups[0].Value));

        Assert.All(ProfileVocabulary.Operators, form => Assert.Contains($"`{form.Name}`", examples, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_condition_is_explained() => Assert.All(
        ProfileVocabulary.Conditions.Concat(ProfileVocabulary.Comparisons),
        name => Assert.Contains($"\"{name}\"", Reference, StringComparison.Ordinal));

    [GeneratedRegex(@"^\|[^|\n]*\| `(.+?)` \| `(.+?)` \| (?:`(.+?)` )?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

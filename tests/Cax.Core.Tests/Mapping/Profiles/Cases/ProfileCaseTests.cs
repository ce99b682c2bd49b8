using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Cases;

namespace Cax.Core.Tests.Mapping.Profiles.Cases;

public sealed class ProfileCaseTests
{
    private const string Profile = """
        {
          "profile": "teas", "version": 1, "title": "Leads of the tea house",
          "parameters": { "zone": { "default": "UTC" } },
          "records": [ "$.leads[]", "$" ],
          "skip": [ { "rule": "test_lead", "when": { "present": "$.test" } } ],
          "events": [ {
            "event": "generate_lead", "time": { "first": [ { "timestamp": "$.at", "zone": { "parameter": "zone" } }, { "received": true } ] },
            "set": { "id": "$.id", "user.id": "$.id", "value": "$.worth", "currency": { "constant": "EUR" }, "method": { "property": "form" } }
          } ]
        }
        """;

    private static readonly ProfileCaseRunner Runner = new([new ProfileDocument("teas.profile.json", Encoding.UTF8.GetBytes(Profile))]);

    [Theory]
    [InlineData("""{"test": 1}""", """{ "skipped": "test_lead" }""")]
    [InlineData("""{"at": "2026-01-01T10:00:00"}""", """{ "parked": "invalid_message" }""")]
    [InlineData("""{"leads": [{"test": 1}, {"test": 2}]}""", """{ "records": [{ "skipped": "test_lead" }, { "skipped": "test_lead" }] }""")]
    [InlineData("""{"leads": [{"test": 1}]}""", """{ "records": [{ "skipped": "test_lead" }] }""")]
    public void What_becomes_of_a_record_can_be_expected(string input, string expect)
    {
        var result = Run($$"""{ "profile": "teas", "cases": [ { "name": "a", "input": {{input}}, "expect": {{expect}} } ] }""");

        Assert.True(result.Passed, result.Outcome);
    }

    [Fact]
    public void Properties_parameters_and_the_time_of_arrival_are_those_of_the_case()
    {
        var result = Run("""
            { "profile": "teas", "cases": [ {
              "name": "a", "input": { "id": 5, "at": "2026-01-01 10:00:00", "worth": "10.50" }, "properties": { "Form": "tasting" }, "parameters": { "zone": "Asia/Tokyo" }
            } ] }
            """);
        var arrived = Run("""{ "profile": "teas", "cases": [ { "name": "a", "input": { "id": 5 }, "received": "2026-02-03T04:05:06Z" } ] }""");

        var made = JsonElement.Parse(result.Outcome).GetProperty("events")[0];
        Assert.Equal("tasting", made.GetProperty("method").GetString());
        Assert.Equal(1767229200000, made.GetProperty("context").GetProperty("event_timestamp").GetInt64());
        Assert.Equal(1770091506000, JsonElement.Parse(arrived.Outcome).GetProperty("events")[0].GetProperty("context").GetProperty("event_timestamp").GetInt64());
    }

    [Fact]
    public void A_difference_is_told_by_its_path()
    {
        var file = File("""{ "profile": "teas", "cases": [ { "name": "a", "input": { "id": 5, "worth": 10.5 } } ] }""");
        var expected = Runner.Run(file, file.Cases[0]).Outcome
            .Replace("10.5", "10.50", StringComparison.Ordinal)
            .Replace("\"EUR\"", "\"USD\"", StringComparison.Ordinal)
            .Replace("\"event_name\"", "\"extra\": [1], \"event_name\"", StringComparison.Ordinal)
            .Replace("\"page\": {},", "", StringComparison.Ordinal);

        var result = Run($$"""{ "profile": "teas", "cases": [ { "name": "a", "input": { "id": 5, "worth": 10.5 }, "expect": {{expected}} } ] }""");

        Assert.Equal(
            [
                new CaseDifference("$.events[0].context.page", null, "{}"),
                new CaseDifference("$.events[0].currency", "\"USD\"", "\"EUR\""),
                new CaseDifference("$.events[0].extra", "[1]", null),
            ],
            result.Differences.OrderBy(difference => difference.Path, StringComparer.Ordinal));
    }

    [Fact]
    public void What_came_out_can_be_accepted_and_nothing_else_of_the_file_changes()
    {
        const string written = """
            {
              // Kept as it is.
              "profile": "teas",
              "cases": [
                { "name": "new", "input": {"test": 1} },
                { "name": "other", "expect": { "skipped": "x" }, "input": {"id":   7} },
                { "name": "right", "input": {"test": 1}, "expect": { "skipped": "test_lead" } }
              ]
            }
            """;
        var file = File(written);
        var failed = file.Cases.Select(one => Runner.Run(file, one)).Where(result => !result.Passed).ToDictionary(result => result.Case, result => result.Outcome);

        var accepted = Encoding.UTF8.GetString(file.With(failed));

        Assert.Equal(["new", "other"], failed.Keys.Select(one => one.Name));
        Assert.Contains("// Kept as it is.", accepted, StringComparison.Ordinal);
        Assert.Contains("\"input\": {\"id\":   7} }", accepted, StringComparison.Ordinal);
        var again = File(accepted);
        Assert.All(again.Cases, one => Assert.True(Runner.Run(again, one).Passed));
        Assert.Equal(accepted, Encoding.UTF8.GetString(again.With(new Dictionary<ProfileCase, string>())));
    }

    [Theory]
    [InlineData("""{ "cases": [] }""", "$", "$.cases")]
    [InlineData("""{ "profile": "teas", "cases": [ { "nam": "a", "input": {} } ] }""", "$.cases[0].nam")]
    [InlineData("""{ "profile": "teas", "cases": [ { "name": "a", "input": {}, "expect": { "skip": "x" } } ] }""", "$.cases[0].expect")]
    [InlineData("""{ "profile": "teas", "cases": [ { "name": "a", "input": {}, "received": "yesterday" } ] }""", "$.cases[0].received")]
    public void A_mistake_in_a_file_of_cases_is_told_with_its_path(string file, params string[] paths) => Assert.Equal(paths, Mistakes(file).Order());

    [Fact]
    public void Whatever_a_file_of_cases_holds_it_can_be_run_or_has_mistakes()
    {
        const string cases = """
            { "profile": "teas", "cases": [
              { "name": "a", "input": {"test": 1}, "properties": {"a": "b"}, "parameters": {"zone": "UTC"}, "received": "2026-01-01T00:00:00Z", "expect": {"records": [{"skipped": "x"}, {"events": []}]} }
            ] }
            """;
        Assert.All(Support.JsonMutants.Of(cases), mutant =>
        {
            var problems = new List<ProfileProblem>();
            var file = ProfileCaseFile.Read(new ProfileDocument("teas.cases.json", Encoding.UTF8.GetBytes(mutant)), problems);
            Assert.Equal(file is null, problems.Count > 0);
            foreach (var one in file?.Cases ?? [])
            {
                var result = Runner.Run(file!, one);
                File(Encoding.UTF8.GetString(file!.With(new Dictionary<ProfileCase, string> { [one] = result.Outcome })));
            }
        });
    }

    private static ProfileCaseResult Run(string json)
    {
        var file = File(json);
        return Runner.Run(file, file.Cases[0]);
    }

    private static ProfileCaseFile File(string json)
    {
        var problems = new List<ProfileProblem>();
        var file = ProfileCaseFile.Read(new ProfileDocument("teas.cases.json", Encoding.UTF8.GetBytes(json)), problems);
        Assert.Empty(problems);
        return file!;
    }

    private static IEnumerable<string> Mistakes(string json)
    {
        var problems = new List<ProfileProblem>();
        Assert.Null(ProfileCaseFile.Read(new ProfileDocument("teas.cases.json", Encoding.UTF8.GetBytes(json)), problems));
        return problems.Select(problem => problem.Path);
    }
}

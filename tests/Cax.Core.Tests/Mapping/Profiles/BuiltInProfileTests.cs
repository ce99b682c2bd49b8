using System.Collections.Concurrent;
using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Cases;
using Cax.Core.Tests.Events;
using Cax.Core.Tests.Support;
using NJsonSchema;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>The profiles that come with the connector, by the golden cases beside them.</summary>
public sealed class BuiltInProfileTests
{
    /// <summary>What the settings add or decide, and not a profile: who nobody is, and what nobody consented to.</summary>
    private static readonly string[] NotForProfiles = ["CAX021", "CAX023"];

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(ProfileContract.Schema).GetAwaiter().GetResult());

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<ProfileCaseResult>>> All = new(StringComparer.Ordinal);

    public static TheoryData<string> Profiles => [.. ProfileCatalog.BuiltIn.Names];

    [Fact]
    public void They_have_no_mistakes() => Assert.Empty(ProfileCatalog.BuiltIn.Problems);

    [Fact]
    public void Each_has_the_name_of_its_file() => Assert.Equal(
        BuiltInProfiles.Documents.Select(document => document.Place),
        ProfileCatalog.BuiltIn.Summaries.Select(profile => $"built-in {profile.Name}.profile.json"));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void They_keep_the_schema(string profile) =>
        Assert.Empty(Schema.Value.Validate(Encoding.UTF8.GetString(ProfileCatalog.BuiltIn.Find(profile)!.Document.Utf8.Span)));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Each_of_their_events_has_a_case(string profile) => Assert.Empty(
        ProfileCatalog.BuiltIn.Find(profile)!.Events.Select(plan => plan.Name)
            .Except(Results(profile).SelectMany(result => result.Records).SelectMany(record => record.Events).Select(made => made.Name)));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Their_golden_cases_come_out(string profile)
    {
        var failures = Results(profile).SelectMany(result => result.Differences, (result, difference) => $"{result.Case.Name}: {difference}");

        Assert.Empty(failures);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_they_make_could_be_sent(string profile)
    {
        var errors = Results(profile)
            .SelectMany(result => result.Records.SelectMany(record => record.Events), (result, @event) => (result.Case.Name, @event))
            .SelectMany(made => Judge.Findings(made.@event.Utf8.ToArray(), clock: Later()), (made, finding) => (made.Name, finding))
            .Where(found => found.finding.Severity == Severity.Error && !NotForProfiles.Contains(found.finding.Code))
            .Select(found => $"{found.Name}: {found.finding.Path} {found.finding.Message}");

        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_record_of_theirs_is_never_taken_for_something_else(string profile)
    {
        var mapper = new RecordMapper(MapperProbe.Options);
        var mistaken = Results(profile)
            .Select(result => result.Case)
            .Select(one => (one.Name, Result: mapper.Map(one.Input, MapperProbe.Origin with { Properties = one.Properties })))
            .Where(one => one.Result.Profile is { } choice
                ? choice.Name != profile
                : one.Result.Parts.Count == 0 && one.Result.ParkedBecause != ReasonCodes.UnknownPayload)
            .Select(one => $"{one.Name}: {one.Result.Profile?.Name ?? one.Result.ParkedBecause ?? "another shape"} {one.Result.Detail}");

        Assert.Empty(mistaken);
    }

    [Fact]
    public void None_of_them_takes_what_is_the_connectors_own()
    {
        string[] own =
        [
            .. MessageContract.Examples.Values,
            .. ValidEvents.Names.Select(name => ValidEvents.Of(name).ToJsonString()),
            """{"event_name":"purchase","properties":{"id":"1","items":[]},"event_id":"e","event_timestamp":1764061200000}""",
            """{"event":"purchase","eventId":"e","properties":{"id":"1"}}""",
            """{"event":"login","properties":{"user":{}}}""",
            """{"hitId":"h","event":{"name":"Completed Transaction","transaction":{"orderId":"1"}},"sentAt":"2026-01-01T00:00:00Z"}""",
        ];
        var mapper = new RecordMapper(MapperProbe.Options);

        Assert.All(own, record => Assert.Null(mapper.Map(Encoding.UTF8.GetBytes(record), MapperProbe.Origin).Profile));
    }

    /// <summary>What became of the cases; they run once for all tests, because each set of parameters compiles the profiles anew.</summary>
    private static IReadOnlyList<ProfileCaseResult> Results(string profile) =>
        All.GetOrAdd(profile, static name => new Lazy<IReadOnlyList<ProfileCaseResult>>(() => Run(name))).Value;

    private static IReadOnlyList<ProfileCaseResult> Run(string profile)
    {
        var problems = new List<ProfileProblem>();
        var file = ProfileCaseFile.Read(BuiltInProfiles.Cases.Single(document => document.Place == $"built-in {profile}.cases.json"), problems);
        Assert.Empty(problems);
        var runner = new ProfileCaseRunner([]);
        return [.. file!.Cases.Select(one => runner.Run(file, one))];
    }

    /// <summary>The cases are of the first half of 2026.</summary>
    private static TestClock Later() => new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
}

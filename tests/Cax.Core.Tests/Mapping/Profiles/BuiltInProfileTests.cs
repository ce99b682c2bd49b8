using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Cases;
using Cax.Core.Tests.Support;
using NJsonSchema;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>The profiles that come with the connector: sound, told apart by shape, and making what their golden cases say.</summary>
public sealed class BuiltInProfileTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(ProfileContract.Schema).GetAwaiter().GetResult());

    private static readonly Lazy<Dictionary<string, ProfileCaseFile>> Files = new(() => BuiltInProfiles.Cases.Select(Read).ToDictionary(file => file.Profile));

    private static readonly ProfileCaseRunner Runner = new([]);

    // No event of a case is later than this; that they are old is a warning.
    private static readonly TestClock LongAfter = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> Names => [.. ProfileCatalog.BuiltIn.Names];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Files.Value.Values)
            {
                foreach (var one in file.Cases)
                {
                    data.Add(file.Profile, one.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void None_has_a_mistake() => Assert.Empty(ProfileCatalog.BuiltIn.Problems);

    [Fact]
    public void Every_document_is_a_profile_of_the_name_of_its_file() =>
        Assert.Equal(
            BuiltInProfiles.Documents.Select(document => document.Place),
            ProfileCatalog.BuiltIn.Summaries.Select(profile => $"built-in {profile.Name}.profile.json").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_the_schema(string name) =>
        Assert.Empty(Schema.Value.Validate(Encoding.UTF8.GetString(ProfileCatalog.BuiltIn.Find(name)!.Document.Utf8.Span)));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_cases_for_each_of_its_events(string name)
    {
        var file = Files.Value[name];
        var made = file.Cases.SelectMany(one => Runner.Run(file, one).Records).SelectMany(record => record.Events).Select(made => made.Name);

        Assert.Empty(ProfileCatalog.BuiltIn.Find(name)!.Events.Select(plan => plan.Name).Except(made));
        Assert.Equal(file.Cases.Count, file.Cases.DistinctBy(one => one.Name).Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_makes_of_a_case_what_is_expected(string profile, string name)
    {
        var file = Files.Value[profile];

        var result = Runner.Run(file, file.Cases.Single(one => one.Name == name));

        Assert.True(result.Passed, string.Join('\n', result.Differences.Select(difference => difference.ToString()).Concat(result.Records.Select(record => $"{record.Detail}"))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_makes_can_be_sent_when_there_is_a_person(string profile, string name)
    {
        var file = Files.Value[profile];
        var findings = new List<Finding>();

        var events = Runner.Run(file, file.Cases.Single(one => one.Name == name)).Records.SelectMany(record => record.Events).ToList();
        foreach (var made in events)
        {
            new EventValidator(new EventOptions(), consentAsNumbers: false, LongAfter).Validate(made.Utf8, findings);
        }

        // Some refunds name no person. They are parked for that, and their cases show what is known all the same.
        Assert.DoesNotContain(findings, finding => finding.Severity == Severity.Error && finding.Code != "CAX021");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_of_it_is_never_taken_for_something_else(string profile)
    {
        var mapper = new RecordMapper(MapperProbe.Options);
        var mistaken = Files.Value[profile].Cases
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

    private static ProfileCaseFile Read(ProfileDocument document)
    {
        var problems = new List<ProfileProblem>();
        var file = ProfileCaseFile.Read(document, problems);
        Assert.Empty(problems);
        return file!;
    }
}

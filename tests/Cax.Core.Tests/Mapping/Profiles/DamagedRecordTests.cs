using System.Text;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Cases;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>Records of the golden cases in which one value after the other gives way to values of other kinds: results, never exceptions.</summary>
public sealed class DamagedRecordTests
{
    // Each record has hundreds of mutants; a few records show all the ways of a profile.
    private const int RecordsOfEach = 2;

    private static readonly EventValidator Validator = new(new EventOptions(), consentAsNumbers: false, TimeProvider.System);

    private static readonly RecordMapper Mapper = new(new MappingOptions { General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } } });

    public static TheoryData<string> Names => [.. ProfileCatalog.BuiltIn.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_in_a_record_it_becomes_valid_events_or_parts_or_is_skipped_or_parked(string profile)
    {
        var file = ProfileCaseFile.Read(BuiltInProfiles.Cases.Single(document => document.Place.EndsWith($" {profile}.cases.json", StringComparison.Ordinal)), [])!;
        foreach (var one in file.Cases.OrderByDescending(one => one.Input.Length).Take(RecordsOfEach))
        {
            var byShape = MapperProbe.Origin with { Properties = one.Properties };
            var byName = byShape with { Profile = new ProfileChoice(profile, ProfileRule.Property) };
            foreach (var mutant in JsonMutants.Of(Encoding.UTF8.GetString(one.Input.Span)))
            {
                AssertResult(Encoding.UTF8.GetBytes(mutant), byShape);
                AssertResult(Encoding.UTF8.GetBytes(mutant), byName);
            }
        }
    }

    private static void AssertResult(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var result = Mapper.Map(utf8, origin);
        bool[] outcomes = [result.Events.Count > 0, result.Parts.Count > 0, result.SkippedBy is not null, result.ParkedBecause is not null];
        Assert.Single(outcomes, outcome => outcome);

        // Or it would never end.
        Assert.All(result.Parts, part => Assert.True(part.Utf8.Length < utf8.Length));
        foreach (var made in result.Events)
        {
            using var valid = JsonDocument.Parse(made.Utf8, new() { AllowDuplicateProperties = false });
            Validator.Validate(made.Utf8, []);
        }

        foreach (var part in result.Parts)
        {
            AssertResult(part.Utf8, origin);
        }
    }
}

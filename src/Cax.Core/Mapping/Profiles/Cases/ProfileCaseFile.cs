using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Profiles.Reading;

namespace Cax.Core.Mapping.Profiles.Cases;

/// <summary>
/// The golden cases of one profile: <c>{"profile": "shopify", "cases": [{"name", "input", "properties"?, "parameters"?, "received"?, "expect"}]}</c>.
/// <c>expect</c> is <c>{"events": [...]}</c>, <c>{"skipped": rule}</c>, <c>{"parked": reason}</c> or, for a message of several records,
/// <c>{"records": [...]}</c> with one of these for each.
/// </summary>
public sealed class ProfileCaseFile
{
    private const string Indent = "    ";

    private readonly ProfileDocument _document;

    private ProfileCaseFile(ProfileDocument document, string profile, IReadOnlyList<ProfileCase> cases)
    {
        _document = document;
        Profile = profile;
        Cases = cases;
    }

    /// <summary>Where it is.</summary>
    public string Place => _document.Place;

    /// <summary>The name of the profile.</summary>
    public string Profile { get; }

    public IReadOnlyList<ProfileCase> Cases { get; }

    /// <summary>Null when there are mistakes in it, which are then told.</summary>
    public static ProfileCaseFile? Read(ProfileDocument document, ICollection<ProfileProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(document);
        var list = new ProblemList(document.Place, problems);
        using var json = DocumentJson.Parse(document.Utf8, list);
        if (json is null || MemberTable.Read(new Spot(json.RootElement, "$"), "an object with profile and cases", list) is not { } members)
        {
            return null;
        }

        members.Expect("a file of cases", ["profile", "cases"], "$schema", "notes");
        var values = new ValueReader(list);
        var profile = members.TryGet("profile", out var spot) ? values.Text(spot) : null;
        var cases = members.TryGet("cases", out spot) ? values.List(spot, one => Case(one, document.Utf8, values, list)) : null;
        return list.IsEmpty ? new ProfileCaseFile(document, profile!, cases!) : null;
    }

    /// <summary>The file with other expectations.</summary>
    /// <param name="outcomes">What came out, as JSON, by case; a case that is not among them stays as it is.</param>
    public byte[] With(IReadOnlyDictionary<ProfileCase, string> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var file = new MemoryStream();
        var at = 0;
        foreach (var one in Cases.Where(outcomes.ContainsKey))
        {
            var (start, end) = one.Expected is null ? (one.End, one.End) : (one.ExpectedAt.Start.Value, one.ExpectedAt.End.Value);
            file.Write(_document.Utf8.Span[at..start]);
            var outcome = outcomes[one].ReplaceLineEndings("\n").Replace("\n", "\n" + Indent + "  ", StringComparison.Ordinal);
            file.Write(Encoding.UTF8.GetBytes(one.Expected is null ? $",\n{Indent}  \"expect\": {outcome}" : outcome));
            at = end;
        }

        file.Write(_document.Utf8.Span[at..]);
        return file.ToArray();
    }

    private static ProfileCase? Case(Spot spot, ReadOnlyMemory<byte> file, ValueReader values, ProblemList problems)
    {
        if (MemberTable.Read(spot, "an object with name, input and expect", problems) is not { } members)
        {
            return null;
        }

        members.Expect("a case", ["name", "input"], "properties", "parameters", "received", "expect");
        var name = members.TryGet("name", out var at) ? values.Text(at) : null;
        var properties = members.TryGet("properties", out at) ? Texts(at, values, problems) : [];
        var parameters = members.TryGet("parameters", out at) ? Texts(at, values, problems) : [];
        var received = members.TryGet("received", out at) ? Time(at, problems) : ProfileCase.DefaultReceived;
        var isExpected = members.TryGet("expect", out var expected);
        if (isExpected && !IsOutcome(expected))
        {
            problems.Add(expected, "must be an object with one of \"events\", \"skipped\", \"parked\" and \"records\"");
        }

        if (name is null || !members.TryGet("input", out var input))
        {
            return null;
        }

        return new ProfileCase(name)
        {
            Input = file[RangeOf(input, file)],
            Properties = properties,
            Parameters = parameters,
            Received = received,
            Expected = isExpected ? expected.Element.Clone() : null,
            ExpectedAt = isExpected ? RangeOf(expected, file) : default,
            End = members.All.Max(member => RangeOf(member.Value, file).End.Value),
        };
    }

    private static bool IsOutcome(Spot spot) =>
        spot.Kind == JsonValueKind.Object && spot.Members().Count() == 1 && spot.Members().Single() is var (name, value) && name switch
        {
            "events" => value.Kind == JsonValueKind.Array,
            "skipped" or "parked" => value.Kind == JsonValueKind.String,
            "records" => value.Kind == JsonValueKind.Array && value.Elements().All(IsOutcome),
            _ => false,
        };

    private static Dictionary<string, string> Texts(Spot spot, ValueReader values, ProblemList problems) =>
        MemberTable.Read(spot, "an object of texts", problems)?.All.ToDictionary(
            member => member.Name, member => values.Scalar(member.Value) ?? "", StringComparer.OrdinalIgnoreCase) ?? [];

    private static DateTimeOffset Time(Spot spot, ProblemList problems)
    {
        if (!DateTimeOffset.TryParseExact(
            spot.Text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            problems.Add(spot, "must be a time such as \"2026-01-01T00:00:00Z\"");
        }

        return time;
    }

    private static Range RangeOf(Spot spot, ReadOnlyMemory<byte> file)
    {
        var raw = JsonMarshal.GetRawUtf8Value(spot.Element);
        file.Span.Overlaps(raw, out var start);
        return start..(start + raw.Length);
    }
}

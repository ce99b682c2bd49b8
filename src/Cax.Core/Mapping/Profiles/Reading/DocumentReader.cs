using System.Text.Json;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the document as a whole.</summary>
internal sealed class DocumentReader(ProfileDocument document, ReadingContext context)
{
    private const int LanguageVersion = 1;

    /// <summary>Null when anything is a mistake, which is then told.</summary>
    public Profile? Read(JsonElement root, IReadOnlyDictionary<string, string> given)
    {
        var self = new Spot(root, "$");
        if (MemberTable.Read(self, "a profile: an object with profile, version, title and events", context.Problems) is not { } members)
        {
            return null;
        }

        members.Expect(
            "a profile", ["profile", "version", "title", "events"],
            "$schema", "notes", "source", "input", "parameters", "lookups", "records", "recognise", "skip", "otherwise");
        var declarations = new DeclarationReader(context);
        var parameters = declarations.Parameters(Optional(members, "parameters"), given);
        declarations.Tables(Optional(members, "lookups"));
        var expressions = new ExpressionReader(context);

        // All parts are read, whatever is wrong with the first ones.
        CheckVersion(members);
        _ = Value(members, "$schema", context.Values.Text);
        var name = Value(members, "profile", spot => context.Values.Name(spot, NameForm.Profile));
        var title = Value(members, "title", context.Values.Text);
        var notes = Value(members, "notes", context.Values.Texts);
        var source = Value(members, "source", context.Values.Text);
        var input = new InputReader(context).Read(Optional(members, "input"));
        var records = new RecordPlaceReader(context, expressions).Read(Optional(members, "records"));
        var recognise = Value(members, "recognise", spot => expressions.Conditions.Read(spot, default));
        var skips = Value(members, "skip", spot => context.Values.List(spot, rule => Skip(rule, expressions)));
        var events = new EventReader(context, expressions);
        var plans = Value(members, "events", spot => context.Values.List(spot, events.Read));
        var otherwise = Value(members, "otherwise", spot => context.Values.Name(spot, NameForm.Rule));
        return !context.Problems.IsEmpty
            ? null
            : new Profile
            {
                Name = name!,
                Title = title!,
                Notes = notes ?? [],
                Source = DeclarationReader.Given(given, Profile.SourceParameter) ?? source ?? name!,
                Input = input!,
                Parameters = parameters,
                Records = records!,
                Recognise = recognise,
                Skips = skips ?? [],
                Events = plans!,
                Otherwise = otherwise,
                Document = document,
            };
    }

    private static Spot? Optional(MemberTable members, string name) => members.TryGet(name, out var spot) ? spot : null;

    private static T? Value<T>(MemberTable members, string name, Func<Spot, T?> read)
        where T : class => members.TryGet(name, out var spot) ? read(spot) : null;

    private void CheckVersion(MemberTable members)
    {
        if (members.TryGet("version", out var spot) && !(spot.Kind == JsonValueKind.Number && spot.Element.TryGetInt32(out var version) && version == LanguageVersion))
        {
            context.Problems.Add(spot, "must be 1, the version of the profile language that this connector knows", "1");
        }
    }

    private SkipRule? Skip(Spot spot, ExpressionReader expressions)
    {
        if (MemberTable.Read(spot, "an object with rule and when", context.Problems)?.Expect("a skip rule", ["rule", "when"], "note", "park") is not { } members)
        {
            return null;
        }

        var rule = Value(members, "rule", at => context.Values.Name(at, NameForm.Rule));
        var when = Value(members, "when", at => expressions.Conditions.Read(at, default));
        var note = Value(members, "note", context.Values.Text);
        bool? parks = members.TryGet("park", out var park) ? context.Values.Flag(park) : false;
        return rule is null || when is null || parks is null ? null : new SkipRule(rule, when, note, parks.Value);
    }
}

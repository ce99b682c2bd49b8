using System.Text.Json;
using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Mapping.Profiles.Records;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads <c>records</c>: where in a message the records are.</summary>
internal sealed class RecordPlaceReader(ReadingContext context, ExpressionReader expressions)
{
    private static readonly Dictionary<string, RecordEncoding> Encodings = new(StringComparer.Ordinal)
    {
        ["path"] = RecordEncoding.Plain,
        ["json"] = RecordEncoding.Json,
        ["base64"] = RecordEncoding.Base64,
    };

    /// <summary>The whole message when nothing is said; null when there is a mistake.</summary>
    public RecordPlace[]? Read(Spot? records)
    {
        if (records is { } spot)
        {
            return context.Values.List(spot, Place);
        }

        return SourcePath.TryParse("$", out var whole, out _) ? [new RecordPlace(whole!, RecordEncoding.Plain)] : null;
    }

    private RecordPlace? Place(Spot spot)
    {
        if (spot.Kind != JsonValueKind.Object)
        {
            return Path(spot) is { } path ? new RecordPlace(path, RecordEncoding.Plain) : null;
        }

        var members = MemberTable.Read(spot, "a path", context.Problems)!;
        var forms = Encodings.Keys.Where(members.Has).ToList();
        if (forms.Count != 1 || members.Names.Any(name => name != "when" && !Encodings.ContainsKey(name)))
        {
            context.Problems.Add(spot, "must be a path, or an object with one of \"path\", \"json\" and \"base64\", and a \"when\" if it does not always count");
            return null;
        }

        members.TryGet(forms[0], out var at);
        var hasCondition = members.TryGet("when", out var condition);
        var when = hasCondition ? expressions.Conditions.Read(condition, default) : null;
        if (Path(at) is not { } text || (hasCondition && when is null))
        {
            return null;
        }

        var encoding = Encodings[forms[0]];
        if (text.IsList && encoding != RecordEncoding.Plain)
        {
            context.Problems.Add(at, "leads to several values; a text that holds JSON is one value", at.Text!.Replace("[]", "[0]", StringComparison.Ordinal));
            return null;
        }

        return new RecordPlace(text, encoding) { When = when };
    }

    private SourcePath? Path(Spot spot)
    {
        if (context.Values.Text(spot) is not { } text)
        {
            return null;
        }

        if (!text.StartsWith('$') || text.StartsWith("$$", StringComparison.Ordinal))
        {
            context.Problems.Add(spot, "must be a path from the beginning of the message, which is $", "$" + (text.StartsWith("$.", StringComparison.Ordinal) ? text[1..] : text.StartsWith("$$", StringComparison.Ordinal) ? text[2..] : "." + text.TrimStart('@', '*', '.')));
            return null;
        }

        return context.Values.Path(spot);
    }
}

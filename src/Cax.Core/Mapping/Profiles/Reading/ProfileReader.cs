using System.Text.Json;
using System.Text.Unicode;
using Cax.Core.Events.Json;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Compiles the document of a profile, or tells everything that is wrong with it.</summary>
internal static class ProfileReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>The compiled profile; null when there is at least one mistake.</summary>
    /// <param name="document">JSON text in UTF-8; comments are allowed, commas before a closing bracket are not.</param>
    /// <param name="parameters">What the settings say for the parameters of this profile, by name. Case does not matter.</param>
    /// <param name="problems">Where mistakes go: all of them, or the first two hundred.</param>
    public static Profile? Read(ProfileDocument document, IReadOnlyDictionary<string, string> parameters, ICollection<ProfileProblem> problems)
    {
        var list = new ProblemList(document.Place, problems);
        using var json = Parse(document.Utf8, list);
        return json is null ? null : new DocumentReader(document, new ReadingContext(list)).Read(json.RootElement, parameters);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, ProblemList problems)
    {
        var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(text.Span))
        {
            problems.Add("$", "holds bytes that are not UTF-8; save the file as UTF-8");
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(text, Options);
            if (!LoneSurrogates.In(text.Span))
            {
                return json;
            }

            json.Dispose();
            problems.Add("$", "holds half of an escaped surrogate pair (\\ud800 to \\udfff), which is no character; write both or leave it out");
        }
        catch (JsonException e)
        {
            problems.Add("$", FormattableString.Invariant($"is not JSON, from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on"));
        }

        return null;
    }
}

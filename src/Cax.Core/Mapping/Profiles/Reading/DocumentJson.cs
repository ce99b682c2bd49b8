using System.Text.Json;
using System.Text.Unicode;
using Cax.Core.Events.Json;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>The JSON of documents that people write: comments are allowed, commas before a closing bracket are not.</summary>
internal static class DocumentJson
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };

    /// <summary>Null when it is no JSON, which is then told.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, ProblemList problems)
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
            problems.Add("$", FormattableString.Invariant($"is not JSON, or nested deeper than {MaxDepth} levels, from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on"));
        }

        return null;
    }
}

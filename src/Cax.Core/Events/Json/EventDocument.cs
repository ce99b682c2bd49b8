using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cax.Core.Events.Json;

/// <summary>Turns bytes into a parsed event whose every string can be read without an exception.</summary>
internal static class EventDocument
{
    /// <summary>The deepest nesting of objects and arrays.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions OptionsWithUniqueNames = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <returns>The document, to be disposed of; null when the bytes cannot be judged any further.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, string root, EventFindings findings)
    {
        var bytes = utf8.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            findings.Error("CAX001", root, "starts with a byte-order mark; send UTF-8 without one");
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            findings.Error("CAX001", root, string.Create(
                CultureInfo.InvariantCulture, $"is not UTF-8 at byte {FirstInvalid(bytes):N0}; send the text in UTF-8"));
            return null;
        }

        if (LoneSurrogates.In(bytes))
        {
            JsonDefects.Report(bytes, root, findings);
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8, OptionsWithUniqueNames);
        }
        catch (JsonException)
        {
            return JsonDefects.Report(bytes, root, findings) ? JsonDocument.Parse(utf8, Options) : null;
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}

using System.Text.Json;
using Cax.Cli.Profiles.Drafting;

namespace Cax.Cli.Profiles;

/// <summary>The first JSON value of a file: the whole of it, or its first line.</summary>
internal static class SampleRecord
{
    /// <summary>Null when there is none, which is then told.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(CliConsole console, SampleInput input, CancellationToken cancellation)
    {
        var name = input.Name;
        var all = await ReadAllAsync(input, cancellation);
        try
        {
            return First(all);
        }
        catch (JsonException e)
        {
            console.Say(FormattableString.Invariant($"{name}: is not JSON, from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on"));
            return null;
        }
        catch (InvalidOperationException)
        {
            console.Say($"{name}: holds a text that is no text: bytes that are not UTF-8, or half of an escaped surrogate pair");
            return null;
        }
    }

    private static ReadOnlyMemory<byte> First(byte[] all)
    {
        var start = all.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(all.AsSpan(start), new JsonReaderOptions { AllowMultipleValues = true });
        if (!reader.Read())
        {
            throw new JsonException("There is nothing.", null, 0, 0);
        }

        var begin = start + (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
        while ((reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > depth) && reader.Read());

        return all.AsMemory(begin..(start + (int)reader.BytesConsumed));
    }

    private static async Task<byte[]> ReadAllAsync(SampleInput input, CancellationToken cancellation)
    {
        await using var stream = input.Open();
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancellation);
        return all.ToArray();
    }
}

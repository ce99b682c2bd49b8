using System.Text;
using System.Text.Json;

namespace Cax.Cli.Stories;

/// <summary>The id of an order or lead as a person types it: with or without the <c>#</c> that some shops write before it.</summary>
internal sealed class OrderId
{
    private readonly byte[][] _utf8;

    public OrderId(string text)
    {
        var bare = text.TrimStart('#');
        Forms = [bare, "#" + bare];
        _utf8 = [.. Forms.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>How it may stand in an event.</summary>
    public IReadOnlyList<string> Forms { get; }

    /// <summary>Whether it is a whole value anywhere in a record: a text or number of JSON, or a field of rows.</summary>
    public bool IsIn(ReadOnlySpan<byte> record)
    {
        var json = new Utf8JsonReader(record);
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.String or JsonTokenType.Number && IsValue(ref json))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return IsField(record);
        }
    }

    private bool IsValue(ref Utf8JsonReader json)
    {
        foreach (var form in _utf8)
        {
            if (json.TokenType == JsonTokenType.String ? json.ValueTextEquals(form) : json.ValueSpan.SequenceEqual(form))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it stands between quotes, separators or the ends of lines.</summary>
    private bool IsField(ReadOnlySpan<byte> text)
    {
        foreach (var form in _utf8)
        {
            for (var from = 0; text[from..].IndexOf(form) is >= 0 and var found; from += found + 1)
            {
                var (begin, end) = (from + found, from + found + form.Length);
                if ((begin == 0 || IsBoundary(text[begin - 1])) && (end == text.Length || IsBoundary(text[end])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsBoundary(byte character) => ",;\t|\"'\r\n:{}[]"u8.Contains(character);
}

using System.Buffers.Text;

namespace Cax.Core.Mapping.Payloads;

/// <summary>Looks for <c>\ud800</c> to <c>\udfff</c> that are not one half of a pair: no UTF-8 text can hold them.</summary>
internal static class EscapedText
{
    /// <summary>Never throws; on bytes that are not JSON the answer means nothing.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[at..];
            switch (CodeUnit(json))
            {
                case >= 0xD800 and <= 0xDBFF when CodeUnit(json[6..]) is >= 0xDC00 and <= 0xDFFF:
                    json = json[12..];
                    break;
                case >= 0xD800 and <= 0xDFFF:
                    return true;
                default:
                    json = json[Math.Min(2, json.Length)..];
                    break;
            }
        }

        return false;
    }

    /// <summary>The code unit of an escape at the start; -1 when there is none.</summary>
    private static int CodeUnit(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json.StartsWith("\\u"u8) && Utf8Parser.TryParse(json.Slice(2, 4), out int unit, out var read, 'x') && read == 4
            ? unit
            : -1;
}

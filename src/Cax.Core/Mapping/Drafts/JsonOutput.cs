using System.Buffers;
using System.Globalization;

namespace Cax.Core.Mapping.Drafts;

/// <summary>
/// Writes compact JSON. Unlike the platform's writer it never escapes a letter that UTF-8 can carry (the relaxed encoder still
/// escapes everything above U+FFFF), and it copies values it is given without their white space.
/// </summary>
internal sealed class JsonOutput
{
    private static readonly SearchValues<byte> SpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [(byte)'"', (byte)'\\', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private bool _comma;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Reset()
    {
        _buffer.ResetWrittenCount();
        _comma = false;
    }

    public void OpenObject() => Open("{"u8);

    public void CloseObject() => Close("}"u8);

    public void OpenArray() => Open("["u8);

    public void CloseArray() => Close("]"u8);

    public void Name(ReadOnlySpan<byte> name)
    {
        Quoted(name);
        _buffer.Write(":"u8);
        _comma = false;
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Quoted(utf8);
        _comma = true;
    }

    /// <summary>Writes every digit, and no exponent.</summary>
    public void Number(decimal number)
    {
        Separate();
        number.TryFormat(_buffer.GetSpan(32), out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
        _comma = true;
    }

    /// <summary>Copies a valid JSON value, leaving out the white space between its parts.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        while (!json.IsEmpty)
        {
            var at = json.IndexOfAny(SpaceOrQuote);
            if (at < 0)
            {
                _buffer.Write(json);
                break;
            }

            _buffer.Write(json[..at]);
            json = json[at..];
            var length = json[0] == (byte)'"' ? TextLength(json) : 0;
            _buffer.Write(json[..length]);
            json = json[Math.Max(length, 1)..];
        }

        _comma = true;
    }

    private static int TextLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2;
        }
    }

    private void Quoted(ReadOnlySpan<byte> utf8)
    {
        Separate();
        _buffer.Write("\""u8);
        while (utf8.IndexOfAny(Escaped) is var at and >= 0)
        {
            _buffer.Write(utf8[..at]);
            WriteEscape(utf8[at]);
            utf8 = utf8[(at + 1)..];
        }

        _buffer.Write(utf8);
        _buffer.Write("\""u8);
    }

    private void WriteEscape(byte value)
    {
        if (value >= 0x20)
        {
            _buffer.Write([(byte)'\\', value]);
            return;
        }

        const string Hex = "0123456789abcdef";
        _buffer.Write("\\u00"u8);
        _buffer.Write([(byte)Hex[value >> 4], (byte)Hex[value & 15]]);
    }

    private void Open(ReadOnlySpan<byte> bracket)
    {
        Separate();
        _buffer.Write(bracket);
        _comma = false;
    }

    private void Close(ReadOnlySpan<byte> bracket)
    {
        _buffer.Write(bracket);
        _comma = true;
    }

    private void Separate()
    {
        if (_comma)
        {
            _buffer.Write(","u8);
        }
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Cax.Core.Mapping.Drafts;

/// <summary>Writes compact JSON, and copies values it is given without their white space.</summary>
internal sealed class JsonOutput
{
    private const int LongestNumber = 32;

    private static readonly SearchValues<byte> SpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);

    private readonly ByteBuffer _buffer = new(2048);
    private bool _comma;

    public ReadOnlySpan<byte> Written => _buffer.Written;

    public void Reset()
    {
        _buffer.Clear();
        _comma = false;
    }

    public void OpenObject() => Open((byte)'{');

    public void CloseObject() => Close((byte)'}');

    public void OpenArray() => Open((byte)'[');

    public void CloseArray() => Close((byte)']');

    public void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        _buffer.Quote(name);
        _buffer.Append((byte)':');
        _comma = false;
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Separate();
        _buffer.Quote(utf8);
        _comma = true;
    }

    public void Text(string text)
    {
        Separate();
        _buffer.Quote(text);
        _comma = true;
    }

    /// <summary>Writes every digit, and no exponent.</summary>
    public void Number(decimal number)
    {
        Separate();
        number.TryFormat(_buffer.Room(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
        _comma = true;
    }

    public void Number(long number)
    {
        Separate();
        Utf8Formatter.TryFormat(number, _buffer.Room(LongestNumber), out var length);
        _buffer.Advance(length);
        _comma = true;
    }

    /// <summary>Copies a valid JSON value, leaving out the white space between its parts.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        if (json[0] is not ((byte)'{' or (byte)'['))
        {
            Compact(json);
            return;
        }

        Separate();
        while (!json.IsEmpty)
        {
            var at = json.IndexOfAny(SpaceOrQuote);
            if (at < 0)
            {
                _buffer.Append(json);
                break;
            }

            var length = json[at] == (byte)'"' ? TextLength(json[at..]) : 0;
            _buffer.Append(json[..(at + length)]);
            json = json[(at + Math.Max(length, 1))..];
        }

        _comma = true;
    }

    /// <summary>Copies a JSON value that holds no white space between its parts.</summary>
    public void Compact(ReadOnlySpan<byte> json)
    {
        Separate();
        _buffer.Append(json);
        _comma = true;
    }

    public void Compact(string json)
    {
        Separate();
        _buffer.Append(json);
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

    private void Open(byte bracket)
    {
        Separate();
        _buffer.Append(bracket);
        _comma = false;
    }

    private void Close(byte bracket)
    {
        _buffer.Append(bracket);
        _comma = true;
    }

    private void Separate()
    {
        if (_comma)
        {
            _buffer.Append((byte)',');
        }
    }
}

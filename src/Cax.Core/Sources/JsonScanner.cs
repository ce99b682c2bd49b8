using System.Buffers;

namespace Cax.Core.Sources;

/// <summary>What the scanner came upon.</summary>
internal enum ScanStep
{
    /// <summary>The bytes are used up.</summary>
    NeedMore,

    /// <summary>A value began; its first byte is the last one consumed.</summary>
    Start,

    /// <summary>A value ended with the last byte consumed.</summary>
    End,

    /// <summary>The next byte, which is not consumed, is a line feed outside of a text: pass it with <see cref="JsonScanner.Skip"/>.</summary>
    LineEnd,

    /// <summary>The next byte, which is not consumed, breaks the grammar.</summary>
    Error,
}

/// <summary>
/// The grammar of RFC 8259 as a machine that takes a sequence of JSON values in pieces of any size. It holds no bytes, only
/// the nesting, and so finds the ends of records, and the exact place of an error, in input of any size.
/// </summary>
internal sealed class JsonScanner
{
    private const int DeepestNesting = 100_000;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly Nesting _nesting = new();
    private State _state = State.BetweenValues;
    private bool _inKey;
    private int _hexDigitsLeft;
    private string _literal = "";
    private int _literalAt;

    private enum State
    {
        BetweenValues,
        Value,
        ValueOrEnd,
        NameOrEnd,
        Name,
        Colon,
        AfterValue,
        Text,
        Escape,
        Hex,
        Literal,
        Minus,
        Zero,
        Digits,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
    }

    /// <summary>Bytes consumed so far.</summary>
    public long Offset { get; private set; }

    /// <summary>The current line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The offset of the first byte of the current line.</summary>
    public long LineStart { get; private set; }

    /// <summary>How many containers enclose the value that a <see cref="ScanStep.Start"/> or <see cref="ScanStep.End"/> speaks of.</summary>
    public int Depth { get; private set; }

    /// <summary>Starts and ends are told down to this depth.</summary>
    public int TellDepth { get; set; } = 1;

    /// <summary>Whether nothing is open: the input may end here.</summary>
    public bool IsBetweenValues => _state == State.BetweenValues;

    /// <summary>Whether a number at the very end of the input is complete.</summary>
    public bool EndsInNumber => _nesting.Count == 0 && IsWholeNumber(_state);

    /// <summary>What would have been right at the place of the error.</summary>
    public string Expected => _state switch
    {
        State.BetweenValues or State.Value => "a JSON value",
        State.ValueOrEnd => "a JSON value or ]",
        State.NameOrEnd => "a name in double quotes or }",
        State.Name => "a name in double quotes",
        State.Colon => "a colon",
        State.AfterValue => _nesting.InObject ? "a comma or }" : "a comma or ]",
        State.Text => "the closing quote of a text, and no raw control character before it",
        State.Escape or State.Hex => "a valid escape sequence",
        State.Literal => $"the word {_literal}",
        _ => "a number as JSON writes it",
    };

    /// <summary>Forgets what is open, as if the input began here.</summary>
    public void Restart()
    {
        _state = State.BetweenValues;
        _nesting.Clear();
        TellDepth = 1;
    }

    /// <summary>Passes over bytes without looking at them, but for line ends.</summary>
    public void Skip(ReadOnlySpan<byte> bytes)
    {
        var lines = bytes.Count((byte)'\n');
        if (lines > 0)
        {
            Line += lines;
            LineStart = Offset + bytes.LastIndexOf((byte)'\n') + 1;
        }

        Offset += bytes.Length;
    }

    /// <summary>Goes on from <paramref name="at"/> to the next thing worth telling.</summary>
    public ScanStep Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        var from = at;
        var step = ScanStep.NeedMore;
        while (step == ScanStep.NeedMore && at < bytes.Length)
        {
            step = _state == State.Text ? PlainText(bytes, ref at) : One(bytes[at], ref at);
        }

        Offset += at - from;
        return step;
    }

    private ScanStep PlainText(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = bytes[at..].IndexOfAny(EndsPlainText);
        if (length < 0)
        {
            at = bytes.Length;
            return ScanStep.NeedMore;
        }

        at += length;
        switch (bytes[at])
        {
            case (byte)'"':
                at++;
                if (_inKey)
                {
                    _state = State.Colon;
                    return ScanStep.NeedMore;
                }

                return EndValue();
            case (byte)'\\':
                at++;
                _state = State.Escape;
                return ScanStep.NeedMore;
            default:
                return ScanStep.Error;
        }
    }

    private ScanStep One(byte b, ref int at)
    {
        if (_state >= State.Minus)
        {
            return Number(b, ref at);
        }

        switch (_state)
        {
            case State.Escape when b == 'u':
                _hexDigitsLeft = 4;
                return Go(State.Hex, ref at);
            case State.Escape when "\"\\/bfnrt"u8.Contains(b):
                return Go(State.Text, ref at);
            case State.Hex when char.IsAsciiHexDigit((char)b):
                return Go(--_hexDigitsLeft == 0 ? State.Text : State.Hex, ref at);
            case State.Literal when b == _literal[_literalAt]:
                at++;
                return ++_literalAt == _literal.Length ? EndValue() : ScanStep.NeedMore;
            case State.Escape or State.Hex or State.Literal:
                return ScanStep.Error;
        }

        switch (b)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r':
                at++;
                return ScanStep.NeedMore;
            case (byte)'\n':
                return ScanStep.LineEnd;
            case (byte)'}' when _state is State.NameOrEnd || (_state is State.AfterValue && _nesting.InObject):
            case (byte)']' when _state is State.ValueOrEnd || (_state is State.AfterValue && !_nesting.InObject):
                at++;
                _nesting.Pop();
                return EndValue();
            case (byte)',' when _state is State.AfterValue:
                return Go(_nesting.InObject ? State.Name : State.Value, ref at);
            case (byte)':' when _state is State.Colon:
                return Go(State.Value, ref at);
            case (byte)'"' when _state is State.Name or State.NameOrEnd:
                _inKey = true;
                return Go(State.Text, ref at);
            default:
                return _state is State.BetweenValues or State.Value or State.ValueOrEnd ? StartValue(b, ref at) : ScanStep.Error;
        }
    }

    private ScanStep StartValue(byte b, ref int at)
    {
        Depth = _nesting.Count;
        switch (b)
        {
            case (byte)'{' or (byte)'[' when _nesting.Count < DeepestNesting:
                _nesting.Push(b == '{');
                _state = b == '{' ? State.NameOrEnd : State.ValueOrEnd;
                break;
            case (byte)'"':
                _inKey = false;
                _state = State.Text;
                break;
            case (byte)'t' or (byte)'f' or (byte)'n':
                _literal = b switch { (byte)'t' => "true", (byte)'f' => "false", _ => "null" };
                _literalAt = 1;
                _state = State.Literal;
                break;
            case (byte)'-':
                _state = State.Minus;
                break;
            case (byte)'0':
                _state = State.Zero;
                break;
            case >= (byte)'1' and <= (byte)'9':
                _state = State.Digits;
                break;
            default:
                return ScanStep.Error;
        }

        at++;
        return Depth <= TellDepth ? ScanStep.Start : ScanStep.NeedMore;
    }

    private ScanStep EndValue()
    {
        Depth = _nesting.Count;
        _state = Depth == 0 ? State.BetweenValues : State.AfterValue;
        return Depth <= TellDepth ? ScanStep.End : ScanStep.NeedMore;
    }

    private ScanStep Number(byte b, ref int at)
    {
        var digit = char.IsAsciiDigit((char)b);
        State? next = _state switch
        {
            State.Minus when b == '0' => State.Zero,
            State.Minus or State.Digits when digit => State.Digits,
            State.Zero or State.Digits when b == '.' => State.Point,
            State.Point or State.Fraction when digit => State.Fraction,
            State.Zero or State.Digits or State.Fraction when b is (byte)'e' or (byte)'E' => State.Exponent,
            State.Exponent when b is (byte)'+' or (byte)'-' => State.ExponentSign,
            State.Exponent or State.ExponentSign or State.ExponentDigits when digit => State.ExponentDigits,
            _ => null,
        };
        if (next is { } state)
        {
            return Go(state, ref at);
        }

        // A number has no end of its own: the byte after it ends it, and is looked at again.
        var ends = b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)']' or (byte)'}';
        return ends && IsWholeNumber(_state) ? EndValue() : ScanStep.Error;
    }

    private ScanStep Go(State state, ref int at)
    {
        _state = state;
        at++;
        return ScanStep.NeedMore;
    }

    private static bool IsWholeNumber(State state) => state is State.Zero or State.Digits or State.Fraction or State.ExponentDigits;

    /// <summary>Which containers are open, a bit each.</summary>
    private sealed class Nesting
    {
        private ulong[] _bits = new ulong[4];

        public int Count { get; private set; }

        public bool InObject => Count > 0 && (_bits[(Count - 1) / 64] >> ((Count - 1) % 64) & 1) == 1;

        public void Push(bool isObject)
        {
            if (Count / 64 == _bits.Length)
            {
                Array.Resize(ref _bits, _bits.Length * 2);
            }

            var bit = 1UL << (Count % 64);
            _bits[Count / 64] = isObject ? _bits[Count / 64] | bit : _bits[Count / 64] & ~bit;
            Count++;
        }

        public void Pop() => Count--;

        public void Clear() => Count = 0;
    }
}

namespace Cax.Core.Sources;

/// <summary>Cuts pieces of input into records. Holds one unfinished record, never more.</summary>
internal sealed class JsonRecordFramer(int maxRecordBytes, JsonLayout layout) : IDisposable
{
    /// <summary>The depth of an event in <c>{"batch":[…]}</c>.</summary>
    private const int EnvelopeDepth = 2;

    private const string CsvHint = "; rows of CSV are read from a file whose name ends in .csv, or whose profile is one of rows";

    private readonly JsonScanner _scanner = new();
    private readonly RecordCollector _record = new(maxRecordBytes);
    private JsonLayout _layout = layout;
    private int _recordDepth;
    private long _values;
    private int _valuesInLine;
    private long _arrayEnd = -1;
    private RecordFault? _fault;
    private bool _begun;

    private RecordPosition Here => new(_scanner.Line, _scanner.Offset - _scanner.LineStart + 1, _scanner.Offset, 0);

    /// <summary>Records that are complete.</summary>
    public Queue<Record> Ready { get; } = new();

    public void Take(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        if (!_begun)
        {
            _begun = true;
            if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                _scanner.Skip(bytes[..3]);
                at = 3;
            }
        }

        while (at < bytes.Length)
        {
            at = _fault is null ? Scan(bytes, at) : PassOver(bytes, at);
        }
    }

    /// <param name="damage">Why the input ended too early; null when it did not.</param>
    public void Finish(string? damage = null)
    {
        if (damage is not null)
        {
            if (_fault is null)
            {
                Break([], 0, 0, damage, ReasonCodes.SourceUnreadable);
            }
        }
        else if (_fault is null && _values == 0)
        {
            _fault = new RecordFault(ReasonCodes.EmptyInput, "the input holds nothing; if that is not meant, look at what writes it", Here);
            _record.Begin(1, 1, 0);
        }
        else if (_fault is null && !_scanner.IsBetweenValues && !_scanner.EndsInNumber)
        {
            Break([], 0, 0, $"the input ends too early: expected {_scanner.Expected}");
        }

        if (_record.IsOpen)
        {
            Ready.Enqueue(_record.End(_fault));
        }
    }

    public void Dispose() => _record.Dispose();

    private int Scan(ReadOnlySpan<byte> bytes, int from)
    {
        var at = from;
        var kept = from;
        while (at < bytes.Length)
        {
            switch (_scanner.Next(bytes, ref at))
            {
                case ScanStep.Start when _scanner.Depth == 0 && _scanner.Offset - 1 == _arrayEnd:
                    return BreakArrays(bytes, at);
                case ScanStep.Start:
                    kept = StartValue(bytes, kept, at);
                    break;
                case ScanStep.End when _scanner.Depth == 0 && _recordDepth > 0:
                    _arrayEnd = _scanner.Offset;
                    break;
                case ScanStep.End when _record.IsOpen && _scanner.Depth == _recordDepth:
                    _record.Add(bytes[kept..at]);
                    Ready.Enqueue(_record.End(null));
                    break;
                case ScanStep.End when _recordDepth == EnvelopeDepth && _scanner.Depth == EnvelopeDepth - 1:
                    // The rest of an envelope holds no records.
                    _recordDepth = int.MaxValue;
                    _scanner.TellDepth = 1;
                    break;
                case ScanStep.LineEnd:
                    if (IsLineBroken())
                    {
                        return Break(bytes, kept, at, $"the line ends too early: expected {_scanner.Expected}");
                    }

                    _scanner.Skip(bytes[at..(at + 1)]);
                    at++;
                    break;
                case ScanStep.Error:
                    return Break(bytes, kept, at, $"expected {_scanner.Expected}{Hint(bytes[at])}");
            }
        }

        KeepOpen(bytes, kept, at);
        return at;
    }

    /// <summary>Begins a record where one begins; returns from where on the bytes are still to be kept.</summary>
    private int StartValue(ReadOnlySpan<byte> bytes, int kept, int at)
    {
        var isArray = bytes[at - 1] == '[';
        if (_scanner.Depth == 0)
        {
            _values++;
            _valuesInLine++;
            _recordDepth = isArray ? 1 : 0;
        }

        if (_scanner.Depth == _recordDepth && !_record.IsOpen)
        {
            _record.Begin(_scanner.Line, _scanner.Offset - _scanner.LineStart, _scanner.Offset - 1);
            return at - 1;
        }

        if (isArray && _scanner.Depth == 1 && _recordDepth == 0)
        {
            KeepOpen(bytes, kept, at);
            kept = at;
            if (BatchEnvelope.IsOpenedBy(_record.Gathered))
            {
                _record.Discard();
                _recordDepth = EnvelopeDepth;
                _scanner.TellDepth = EnvelopeDepth;
            }
        }

        return kept;
    }

    /// <summary>Notes what is wrong at the current place; everything up to the next line or the end is lost to the record.</summary>
    private int Break(ReadOnlySpan<byte> bytes, int kept, int at, string detail, string reason = ReasonCodes.MalformedJson)
    {
        KeepOpen(bytes, kept, at);
        _fault = new RecordFault(reason, detail, Here);
        if (!_record.IsOpen)
        {
            _record.Begin(Here.Line, Here.Column, Here.Offset);
        }

        return at;
    }

    /// <summary>Of two arrays that touch each other, one is a slip: both together are no JSON.</summary>
    private int BreakArrays(ReadOnlySpan<byte> bytes, int at)
    {
        _record.Begin(Here.Line, Here.Column - 1, Here.Offset - 1);
        var end = Break(bytes, at - 1, at, "expected a line break between two arrays");
        _fault = _fault! with { At = _record.Position with { Length = 0 } };
        return end;
    }

    /// <summary>After an error: gathers what it costs, up to the end of the line or of the input.</summary>
    private int PassOver(ReadOnlySpan<byte> bytes, int from)
    {
        var rest = bytes[from..];
        var end = _layout == JsonLayout.Lines ? rest.IndexOf((byte)'\n') : -1;
        var lost = end < 0 ? rest : rest[..end];
        _record.Add(lost);
        _scanner.Skip(end < 0 ? rest : rest[..(end + 1)]);
        if (end < 0)
        {
            return bytes.Length;
        }

        NextLine();
        return from + end + 1;
    }

    /// <summary>Decides the layout at the end of the first line with content, and says whether a line of NDJSON ends inside a value.</summary>
    private bool IsLineBroken()
    {
        if (_layout == JsonLayout.Undecided && _values > 0)
        {
            _layout = _valuesInLine == 1 && _scanner.IsBetweenValues ? JsonLayout.Lines : JsonLayout.Document;
        }

        _valuesInLine = 0;
        return _layout == JsonLayout.Lines && !_scanner.IsBetweenValues;
    }

    private void NextLine()
    {
        Ready.Enqueue(_record.End(_fault));
        _fault = null;
        _valuesInLine = 0;
        _scanner.Restart();
    }

    private void KeepOpen(ReadOnlySpan<byte> bytes, int kept, int at)
    {
        if (_record.IsOpen)
        {
            _record.Add(bytes[kept..at]);
        }
    }

    private string Hint(byte found) => (_scanner.Offset, found) switch
    {
        (0, 0x1F) => "; the input looks like gzip: unpack it first",
        (0, 0xFE or 0xFF) => "; the input looks like UTF-16: write it as UTF-8",
        (0, _) when char.IsAsciiLetter((char)found) => CsvHint,
        (_, (byte)',' or (byte)';') when _scanner.IsBetweenValues && _scanner.Line == 1 => CsvHint,
        (_, 0) => "; the input holds a zero byte and is no text",
        _ => "",
    };
}

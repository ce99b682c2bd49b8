using CsvHelper;

namespace Cax.Core.Sources.Csv;

/// <summary>What the cutter came upon.</summary>
internal enum RowStep
{
    /// <summary>The window has to be filled.</summary>
    NeedMore,

    /// <summary>A row, good or bad.</summary>
    Row,

    /// <summary>A piece of a row that is longer than what can be held; its first piece has its first fields.</summary>
    Piece,

    /// <summary>There are no more rows.</summary>
    End,
}

/// <summary>
/// Cuts text into rows. CsvHelper reads them; what is added here is where each stands, and that one quote too many costs its line and not the file.
/// </summary>
/// <remarks>
/// A quote that is never closed is looked for as far as the window goes. If it is not closed by then, or what follows it breaks the rules, the line on
/// which it stands is the bad row, and reading goes on with the next line. So that a file made of such lines does not take for ever, lines are read for
/// themselves where too much was looked at in vain.
/// </remarks>
internal sealed class RowCutter(TextWindow window, CsvDialect dialect) : IDisposable
{
    private const int Glance = 64 * 1_024;

    /// <summary>A row that has more fields and has not ended yet is not looked at any further.</summary>
    private const int MostFields = 2 * ColumnNames.Most;

    /// <summary>What may be looked at in vain, beside four times what was read. In bytes.</summary>
    private const long Patience = 64 * 1_024 * 1_024;

    /// <summary>What it costs to look at all, as if so many bytes had been looked at.</summary>
    private const int LookCost = 1_024;

    private CsvReader? _reader;
    private int _base;
    private int _seen;
    private int _glance = Glance;
    private bool _isLast;
    private bool _isByLines;
    private bool _isInPieces;
    private int _length;
    private int _lines;
    private long _inVain;

    /// <summary>Whether this is a row, or the first piece of one: then it has fields.</summary>
    public bool HasFields => _reader is not null;

    /// <summary>Whether more pieces of the same row follow.</summary>
    public bool Continues => _isInPieces;

    /// <summary>The row with its line break, or a piece of it.</summary>
    public ReadOnlySpan<byte> Raw => window.Unread[.._length];

    /// <summary>How long the line break is that ends the row; zero for the last row of a file that has none.</summary>
    public int BreakLength { get; private set; }

    /// <summary>Where the row begins.</summary>
    public long Offset => window.Offset;

    /// <summary>The line where the row begins, from 1.</summary>
    public long Line => window.Line;

    public int FieldCount => _reader!.FieldCount;

    /// <summary>What breaks the rules of quoting; null when nothing does.</summary>
    public string? Problem { get; private set; }

    /// <summary>A field without its quotes.</summary>
    public ReadOnlySpan<byte> Field(int index) => _reader!.GetSpan(index);

    /// <summary>How much of the row its first fields take up, each with what separates it from the next.</summary>
    public int LengthOf(int fields)
    {
        var length = fields;
        for (var i = 0; i < fields; i++)
        {
            length += _reader!.GetRawSpan(i).Length;
        }

        return length;
    }

    /// <summary>Goes to the next row that is not an empty line.</summary>
    public RowStep Next()
    {
        Pass();
        if (_isInPieces)
        {
            return NextPiece();
        }

        while (true)
        {
            if (_reader is null)
            {
                Open();
            }

            if (!_reader!.Read())
            {
                PassEmptyLines(_seen);
                Close();
                if (_seen >= window.Length && !window.IsEnd)
                {
                    return RowStep.NeedMore;
                }

                if (window.Length == 0)
                {
                    return RowStep.End;
                }

                continue;
            }

            PassEmptyLines(_base + (int)_reader.ByteOffset - window.Start);
            if (IsWhole(_reader.RawRecord.Length, out var breakLength))
            {
                Take(_reader.RawRecord.Length, breakLength);
                return RowStep.Row;
            }

            // How far is looked does not depend on how much came at once, so that the same bytes give the same rows.
            var hasTooMany = _reader.FieldCount > MostFields;
            Close();
            if (_seen < Math.Min(_glance, window.Length))
            {
                continue;
            }

            if (_seen < _glance)
            {
                return window.IsFull ? TakeTooMuch() : RowStep.NeedMore;
            }

            if (hasTooMany)
            {
                return TakeTooMuch();
            }

            _glance *= 2;
        }
    }

    public void Dispose() => Close();

    /// <summary>Reads what the window holds, or its beginning: whoever reads single lines shall not look at megabytes for each.</summary>
    private void Open()
    {
        var text = window.AfterBreak(Math.Min(window.Length, _glance));
        _base = window.Start - 1;
        _seen = text.Length - 1;
        _reader = _isByLines ? dialect.Lines(text) : dialect.Rows(text);
    }

    private void Close()
    {
        _reader?.Dispose();
        _reader = null;
    }

    /// <summary>Leaves the row behind.</summary>
    private void Pass()
    {
        if (_length == 0)
        {
            return;
        }

        window.Pass(_length, _lines);
        _seen -= _length;
        (_length, _lines) = (0, 0);
        var isByLines = _inVain > Patience + (4 * window.Offset);
        if (_isLast || isByLines != _isByLines)
        {
            (_isLast, _isByLines) = (false, isByLines);
            Close();
        }
    }

    private void PassEmptyLines(int length)
    {
        if (length > 0 && window.Unread[length - 1] == '\r' && (length == window.Length ? !window.IsEnd : window.Unread[length] == '\n'))
        {
            // It is the first half of a line break, or may be.
            length--;
        }

        window.Pass(length, LineBreaks.Count(window.Unread[..length]));
        _seen -= length;
    }

    /// <summary>Whether the end of a row is the end of a row, and not of what is seen.</summary>
    private bool IsWhole(int length, out int breakLength)
    {
        breakLength = 0;
        var isAll = _seen == window.Length && window.IsEnd;
        if (length == _seen)
        {
            return isAll;
        }

        breakLength = LineBreaks.LengthAt(window.Unread[.._seen], length);
        return isAll || length + breakLength < _seen || window.Unread[length] == '\n';
    }

    private void Take(int length, int breakLength)
    {
        _glance = Glance;
        _length = length + breakLength;
        BreakLength = breakLength;
        var inner = LineBreaks.Count(window.Unread[..length]);
        _lines = inner + (breakLength > 0 ? 1 : 0);
        Problem = null;
        if (window.Unread[..length].Contains((byte)dialect.Quote) && !IsWellQuoted(out var isClosed))
        {
            if (inner > 0)
            {
                TakeLine(_length);
                _ = IsWellQuoted(out isClosed);
            }

            Problem = isClosed ? "text stands after a closing quote; a quote within quotes is written twice" : "a quote is opened and never closed";
        }
    }

    private bool IsWellQuoted(out bool isClosed)
    {
        var quote = (byte)dialect.Quote;
        isClosed = true;
        for (var i = 0; i < _reader!.FieldCount; i++)
        {
            if (_reader.GetRawSpan(i) is not [var first, .. var rest] || first != quote)
            {
                continue;
            }

            while (true)
            {
                var at = rest.IndexOf(quote);
                if (at < 0)
                {
                    isClosed = false;
                    return false;
                }

                rest = rest[(at + 1)..];
                if (rest.IsEmpty)
                {
                    break;
                }

                if (rest[0] != quote)
                {
                    return false;
                }

                rest = rest[1..];
            }
        }

        return true;
    }

    /// <summary>The row does not end as far as is looked.</summary>
    private RowStep TakeTooMuch()
    {
        var length = Math.Min(_glance, window.Length);
        if (LineBreaks.TryFind(window.Unread[..length], window.IsEnd && length == window.Length, out var at, out _))
        {
            TakeLine(length);
            Problem = "a quote is opened and never closed";
            return RowStep.Row;
        }

        // A CR may be the first half of a line break.
        _length = at >= 0 ? length - 1 : length;
        _reader = dialect.Lines(window.AfterBreak(Math.Min(_length, Glance)));
        _ = _reader.Read();
        (_glance, _isLast, _isInPieces, _lines, BreakLength, Problem) = (Glance, true, true, 0, 0, null);
        return RowStep.Piece;
    }

    /// <summary>Takes the first line of the window for a row, whatever its quotes say.</summary>
    /// <param name="inVain">How far its end was looked for.</param>
    private void TakeLine(int inVain)
    {
        _inVain += inVain + LookCost;
        Close();
        _glance = Glance;
        _ = LineBreaks.TryFind(window.Unread, isEnd: true, out var at, out var end);
        _reader = dialect.Lines(window.AfterBreak(end));
        _ = _reader.Read();
        (_isLast, _length, _lines, BreakLength) = (true, end, 1, end - at);
    }

    private RowStep NextPiece()
    {
        if (LineBreaks.TryFind(window.Unread, window.IsEnd, out var at, out var end))
        {
            _isInPieces = false;
            (_length, _lines, BreakLength) = (end, 1, end - at);
            return RowStep.Piece;
        }

        // A CR may be the first half of a line break.
        _length = window.Length - (at >= 0 ? 1 : 0);
        _isInPieces = !window.IsEnd;
        return _length > 0 ? RowStep.Piece : window.IsEnd ? Next() : RowStep.NeedMore;
    }
}

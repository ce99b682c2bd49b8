using System.Text.Unicode;
using Cax.Core.Duplicates;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Sources.Csv;

/// <summary>Makes records of rows: one of each, or one of adjacent rows that belong together. Holds one unfinished record, never more.</summary>
internal sealed class CsvRecordFramer : IDisposable
{
    /// <summary>How many keys of groups are remembered, to tell one that comes back.</summary>
    private const int MostKeys = 2_000_000;

    private readonly RowCutter _rows;
    private readonly int _columns;
    private readonly bool _isRepair;
    private readonly RowJson _json;
    private readonly RowKey? _key;
    private readonly HashMemory? _keys;
    private readonly ProfileChoice? _profile;
    private readonly int _maxRecordBytes;

    // The open record: its rows as they stand, and as JSON while nothing is wrong with them.
    private readonly RecordCollector _text;
    private readonly List<SourceRow> _list = [];
    private readonly ByteBuffer _record = new(4_096);
    private RecordFault? _fault;
    private bool _isAgain;
    private int _length;
    private bool _isDamageTold;

    /// <param name="window">The text, at its first row of data.</param>
    /// <param name="head">What stands before it.</param>
    /// <param name="groupBy">Where the columns stand that rows of one record have in common; empty when each row is one.</param>
    /// <param name="profile">The profile that knows the header; null when another one was asked for.</param>
    /// <param name="maxRecordBytes">What a record may have.</param>
    public CsvRecordFramer(TextWindow window, CsvHead head, int[] groupBy, ProfileChoice? profile, int maxRecordBytes)
    {
        _rows = new RowCutter(window, head.Dialect);
        _columns = head.Columns.Count;
        _isRepair = head.RepairOf is not null;
        _json = new RowJson(head.Columns);
        _key = groupBy.Length > 0 ? new RowKey(groupBy) : null;
        _keys = groupBy.Length > 0 ? new HashMemory(MostKeys) : null;
        _profile = profile;
        _maxRecordBytes = maxRecordBytes;
        _text = new RecordCollector(maxRecordBytes);
    }

    /// <summary>Whether there are no more records.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Why the text ended before the file did; null when it did not.</summary>
    public string? Damage { get; set; }

    private RecordPosition Here => new(_rows.Line, 1, _rows.Offset, 0);

    /// <summary>The next record; null when the window has to be filled, or there is none.</summary>
    public Record? Next()
    {
        Record? ready = null;
        while (ready is null && !IsEnd)
        {
            switch (_rows.Next())
            {
                case RowStep.NeedMore:
                    return null;
                case RowStep.End:
                    IsEnd = true;
                    ready = Finish();
                    break;
                case RowStep.Row:
                    ready = IsPassedOver() ? null : Take(isPiece: false);
                    break;
                default:
                    ready = Take(isPiece: true);
                    break;
            }
        }

        return ready;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _text.Dispose();
    }

    private bool IsPassedOver() => _rows.Problem is null && CsvHead.IsBlank(_rows);

    /// <summary>Takes a row, and gives the record that is complete with it or before it.</summary>
    private Record? Take(bool isPiece)
    {
        Record? ready = null;
        if (!_rows.HasFields)
        {
            _text.Add(_rows.Raw);
        }
        else
        {
            if (_key is null || _key.IsNew(_rows))
            {
                ready = _text.IsOpen ? End() : null;
                Begin();
            }

            Add(isPiece);
        }

        return _key is null && !_rows.Continues ? End() : ready;
    }

    private void Begin()
    {
        _text.Begin(Here.Line, Here.Column, Here.Offset);
        _record.Clear();
        _list.Clear();
        _length = 0;
        _fault = null;
        _isAgain = _key is not null && _keys!.IsKnown(_key.Hash());
        if (_key is not null)
        {
            _record.Append("{\"rows\":["u8);
        }
    }

    private void Add(bool isPiece)
    {
        var fault = isPiece ? null : Judge();
        _fault ??= fault;
        var length = _length;
        AddText(isPiece);
        if (_text.IsTooLarge)
        {
            return;
        }

        _list.Add(new SourceRow(_rows.Line, length, _length - length, fault?.Detail));
        if (_fault is null && _record.Count <= _maxRecordBytes)
        {
            if (_key is not null && _list.Count > 1)
            {
                _record.Append((byte)',');
            }

            _json.Write(_rows, _record);
        }
    }

    /// <summary>Adds the row as it stands; of a repair without the column that was added.</summary>
    private void AddText(bool isPiece)
    {
        var raw = _rows.Raw;
        if (_isRepair && !isPiece && _rows is { Problem: null, FieldCount: > 1 })
        {
            // Of a row with too many fields the last one is ours; it keeps the others.
            var fields = IsBlankFrom(_columns + 1) ? Math.Min(_columns, _rows.FieldCount - 1) : _rows.FieldCount - 1;
            var own = _rows.LengthOf(fields) - 1;
            _text.Add(raw[..own]);
            _length += own;
            raw = raw[^_rows.BreakLength..];
        }

        _text.Add(raw);
        _length += raw.Length;
    }

    private RecordFault? Judge()
    {
        if (Damage is not null && _rows.BreakLength == 0)
        {
            _isDamageTold = true;
            return new RecordFault(ReasonCodes.SourceUnreadable, Damage, Here);
        }

        if (_rows.Problem is { } problem)
        {
            return new RecordFault(ReasonCodes.MalformedRow, problem, Here);
        }

        var expected = _columns + (_isRepair ? 1 : 0);
        if (_rows.FieldCount < expected || !IsBlankFrom(expected))
        {
            return new RecordFault(
                ReasonCodes.MalformedRow, FormattableString.Invariant($"the row has {_rows.FieldCount} fields, and the header has {expected}"), Here);
        }

        if (_isRepair && ReasonAmongFields() is > 0 and var place)
        {
            return new RecordFault(
                ReasonCodes.MalformedRow,
                FormattableString.Invariant($"field {place} is still the reason for which the row was rejected, and not what belongs there; write that in its place"),
                Here);
        }

        if (_isRepair && _rows.Field(_columns).StartsWith("[group_again] "u8))
        {
            return new RecordFault(
                ReasonCodes.GroupAgain,
                "the rest of this order was sent without these rows; add its other rows here, or, if they are an order of their own, delete the reason in the last column",
                Here);
        }

        return Utf8.IsValid(_rows.Raw) ? null : new RecordFault(ReasonCodes.InvalidText, InvalidText.Detail(_rows.Raw), Here);
    }

    /// <summary>
    /// Where the reason stands of a row that had too few fields, when a spreadsheet made them enough; from 1, 0 where it stands in no field of the record.
    /// </summary>
    private int ReasonAmongFields()
    {
        for (var i = 0; i < _columns; i++)
        {
            if (_rows.Field(i).StartsWith("[malformed_row] line "u8))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private bool IsBlankFrom(int field)
    {
        for (; field < _rows.FieldCount; field++)
        {
            if (!_rows.Field(field).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private Record End()
    {
        if (_fault is null && !_isAgain && !_text.IsTooLarge && _record.Count <= _maxRecordBytes)
        {
            if (_key is not null)
            {
                _record.Append("]}"u8);
            }

            var record = new Record
            {
                Position = _text.Position,
                Utf8 = _record.Written.ToArray(),
                Profile = _profile,
                Rows = new SourceRows(_text.Gathered.ToArray(), _list.ToArray()),
            };
            _text.Discard();
            return record;
        }

        var text = _text.End(Fault());
        return text with { Profile = _profile, Rows = text.Reference is null ? new SourceRows(text.Utf8, _list.ToArray()) : null };
    }

    private RecordFault? Fault()
    {
        if (_isAgain)
        {
            const string Again = "rows of this group came before in the file, and others followed them; sort the file by the columns of groupBy";
            return _fault is null
                ? new RecordFault(ReasonCodes.GroupAgain, Again, _text.Position)
                : _fault with { Detail = $"{_fault.Detail}; besides, {Again}" };
        }

        return _fault is not null || _text.IsTooLarge ? _fault : new RecordFault(
            ReasonCodes.RecordTooLarge,
            FormattableString.Invariant($"with the names of its columns the record has more than {_maxRecordBytes} bytes (Cax__Sources__MaxRecordBytes)"),
            _text.Position);
    }

    private Record? Finish()
    {
        if (Damage is null || _isDamageTold)
        {
            return _text.IsOpen ? End() : null;
        }

        // Nobody knows whether more rows of the group would have come.
        if (!_text.IsOpen)
        {
            Begin();
        }

        _fault ??= new RecordFault(ReasonCodes.SourceUnreadable, Damage, Here);
        return End();
    }
}

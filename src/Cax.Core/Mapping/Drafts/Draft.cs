using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Cax.Core.Events;

namespace Cax.Core.Mapping.Drafts;

/// <summary>
/// The event in the making: its members, the facts from which its id is derived and what was noticed on the way. Values are slices
/// of the record or of memory the draft reuses from record to record, so a draft lives on one thread, for one event at a time.
/// </summary>
internal sealed class Draft
{
    // A huge record leaves huge buffers behind; they are given up.
    private const int LargestRecordToReuse = 1_000_000;

    // A record of a million broken items is told about some of them. Warnings never crowd out errors.
    private const int MostErrors = 200;
    private const int MostWarnings = 100;

    private const int LongestNumber = 32;

    private const string EventConsentPath = "$.user.consent_categories";

    [ThreadStatic]
    private static Draft? _ofThread;

    private readonly List<Members> _members = [];
    private readonly JsonOutput _output = new();

    private readonly ByteBuffer _kept = new(4096);
    private int _membersUsed;
    private int _warnings;
    private ReadOnlyMemory<byte> _record;
    private List<Finding>? _findings;

    private Draft() => Root = new Members(this);

    public Members Root { get; }

    /// <summary>Room to put one thing together, such as what is to be hashed. Nothing in it outlasts the next use.</summary>
    public ByteBuffer Scratch { get; } = new(256);

    /// <summary>Whether the event differs from the record.</summary>
    public bool Changed { get; set; }

    /// <summary>Who names the business ids.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The id of the business fact, where the record's shape knows better than the event's members; else empty.</summary>
    public ReadOnlyMemory<byte> BusinessId { get; set; }

    /// <summary>What tells several events of one business id apart; null when the event's members say it.</summary>
    public ReadOnlyMemory<byte>? Discriminator { get; set; }

    /// <summary>Where the record tells what the person consented to.</summary>
    public string ConsentPath { get; set; } = EventConsentPath;

    /// <summary>Whether the status is part of the id even when it is the first one.</summary>
    public bool IsUpdate { get; set; }

    /// <summary>How many errors were noted, counting those beyond the findings that are kept.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether a further error would be kept, or only counted.</summary>
    public bool TakesErrors => Errors < MostErrors;

    /// <summary>Whether a further warning would be kept.</summary>
    public bool TakesWarnings => _warnings < MostWarnings;

    /// <summary>The first two hundred errors and the first hundred warnings.</summary>
    public IReadOnlyList<Finding> Findings => _findings is null ? [] : _findings;

    /// <summary>The draft of this thread, empty.</summary>
    public static Draft Begin(ReadOnlyMemory<byte> record, string source)
    {
        var draft = _ofThread ??= new Draft();
        draft.Reset();
        draft._record = record;
        draft.Source = source;
        return draft;
    }

    /// <summary>Lets go of the record.</summary>
    public void End()
    {
        Reset();
        if (_record.Length > LargestRecordToReuse)
        {
            _ofThread = null;
        }

        _record = default;
    }

    public void BelongsTo(string source) => Source = source;

    public void Warn(string code, string path, string message)
    {
        if (_warnings++ < MostWarnings)
        {
            Note(code, Severity.Warning, path, message);
        }
    }

    public void Error(string code, string path, string message)
    {
        if (Errors++ < MostErrors)
        {
            Note(code, Severity.Error, path, message);
        }
    }

    public Members NewMembers()
    {
        if (_membersUsed == _members.Count)
        {
            _members.Add(new Members(this));
        }

        return _members[_membersUsed++];
    }

    public ReadOnlyMemory<byte> NameOf(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (!JsonText.HasEscapes(raw))
        {
            return Slice(raw);
        }

        Scratch.Clear();
        Scratch.Append((byte)'"');
        Scratch.Append(raw);
        Scratch.Append((byte)'"');
        return Unescape(Scratch.Written);
    }

    public ReadOnlyMemory<byte> ValueOf(JsonElement element) => Slice(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The content of a JSON text without quotes and escapes; empty for any other kind of value.</summary>
    public ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> json) =>
        JsonText.Kind(json) != JsonValueKind.String ? default : JsonText.HasEscapes(json) ? Unescape(json).Span : json[1..^1];

    /// <summary>An id: a text, or an integer digit for digit; empty when the value is anything else.</summary>
    public ReadOnlySpan<byte> Id(ReadOnlySpan<byte> json) => JsonText.Kind(json) switch
    {
        JsonValueKind.String => Utf8(json),
        JsonValueKind.Number when JsonText.IsInteger(json) => json,
        _ => default,
    };

    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        var start = _kept.Count;
        _kept.Append(bytes);
        return _kept.From(start);
    }

    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var start = _kept.Count;
        _kept.Append(first);
        _kept.Append(second);
        return _kept.From(start);
    }

    public ReadOnlyMemory<byte> KeepLower(ReadOnlySpan<byte> ascii)
    {
        Ascii.ToLower(ascii, _kept.Room(ascii.Length), out var length);
        return Written(length);
    }

    public ReadOnlyMemory<byte> Keep(string text)
    {
        var start = _kept.Count;
        _kept.Append(text);
        return _kept.From(start);
    }

    public ReadOnlyMemory<byte> TextJson(string text)
    {
        var start = _kept.Count;
        _kept.Quote(text);
        return _kept.From(start);
    }

    public ReadOnlyMemory<byte> TextJson(ReadOnlySpan<byte> utf8)
    {
        var start = _kept.Count;
        _kept.Quote(utf8);
        return _kept.From(start);
    }

    public ReadOnlyMemory<byte> NumberJson(decimal number)
    {
        number.TryFormat(_kept.Room(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
        return Written(length);
    }

    public ReadOnlyMemory<byte> NumberJson(long number)
    {
        Utf8Formatter.TryFormat(number, _kept.Room(LongestNumber), out var length);
        return Written(length);
    }

    /// <summary>Writes one JSON value into the draft's memory.</summary>
    public ReadOnlyMemory<byte> Build<T>(T state, Action<JsonOutput, T> write)
    {
        _output.Reset();
        write(_output, state);
        return Keep(_output.Written);
    }

    /// <summary>The bytes of the event: those of the record when nothing was changed and they are not too many.</summary>
    public ReadOnlyMemory<byte> ToBytes(int mostUnchanged)
    {
        if (!Changed && _record.Length <= mostUnchanged)
        {
            return _record;
        }

        _output.Reset();
        Root.Write(_output);
        return _output.Written.ToArray();
    }

    private ReadOnlyMemory<byte> Unescape(ReadOnlySpan<byte> json) => Written(JsonText.Unescape(json, _kept.Room(json.Length)));

    private ReadOnlyMemory<byte> Written(int length)
    {
        _kept.Advance(length);
        return _kept.From(_kept.Count - length);
    }

    private ReadOnlyMemory<byte> Slice(ReadOnlySpan<byte> part) =>
        _record.Span.Overlaps(part, out var start) ? _record.Slice(start, part.Length) : Keep(part);

    private void Note(string code, Severity severity, string path, string message) =>
        (_findings ??= []).Add(new Finding(code, severity, path, message));

    private void Reset()
    {
        Root.Clear();
        for (var i = 0; i < _membersUsed; i++)
        {
            _members[i].Clear();
        }

        _membersUsed = 0;
        _kept.Clear();
        _findings = null;
        Errors = _warnings = 0;
        Changed = IsUpdate = false;
        BusinessId = default;
        Discriminator = null;
        Source = "";
        ConsentPath = EventConsentPath;
    }
}

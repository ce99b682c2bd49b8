using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Tape;

/// <summary>
/// One message, parsed once: where each of its values stands, in the order of the text. A value is known by its number; the message itself is number 0
/// and the values inside an object or list follow it. Memory is used again from message to message, so a tape lives on one thread.
/// </summary>
internal sealed class JsonTape
{
    public const int Nothing = -1;

    private const int MaxDepth = 64;

    // A huge message leaves a huge list behind; it is given up.
    private const int MostEntriesToReuse = 100_000;

    [ThreadStatic]
    private static JsonTape? _ofThread;

    private readonly int[] _open = new int[MaxDepth + 1];
    private Entry[] _entries = new Entry[256];
    private int _count;
    private ReadOnlyMemory<byte> _utf8;

    private JsonTape()
    {
    }

    /// <summary>How many values were looked at, which is what mapping costs.</summary>
    public long Visits { get; set; }

    /// <summary>A value whose name stands twice in its object although somebody asked for it; <see cref="Nothing"/> when there is none.</summary>
    public int Twin { get; private set; } = Nothing;

    /// <summary>Parses a message. Null when it is no JSON, or nested too deep.</summary>
    public static JsonTape? Parse(ReadOnlyMemory<byte> utf8)
    {
        var tape = _ofThread ??= new JsonTape();
        tape.End();
        tape._utf8 = utf8;
        try
        {
            tape.Read();
            return tape;
        }
        catch (JsonException)
        {
            // What is wrong with it is found out where it is told.
            tape.End();
            return null;
        }
    }

    /// <summary>Lets go of the message.</summary>
    public void End()
    {
        if (_count > MostEntriesToReuse)
        {
            _entries = new Entry[256];
        }

        (_count, _utf8, Visits, Twin) = (0, default, 0, Nothing);
    }

    public JsonValueKind Kind(int node) => _entries[node].Kind;

    /// <summary>The value as it stands in the text.</summary>
    public ReadOnlyMemory<byte> Raw(int node) => _utf8.Slice(_entries[node].Start, _entries[node].Length);

    /// <summary>A text without its quotes, with its escapes.</summary>
    public ReadOnlyMemory<byte> Content(int node) => _utf8.Slice(_entries[node].Start + 1, _entries[node].Length - 2);

    public bool IsEscaped(int node) => _entries[node].IsEscaped;

    public int Start(int node) => _entries[node].Start;

    /// <summary>The first value in an object or list; <see cref="EndOf"/> when it is empty.</summary>
    public static int First(int node) => node + 1;

    /// <summary>The number after the last value in an object or list, which is also that of the next value beside it.</summary>
    public int EndOf(int node) => _entries[node].End;

    /// <summary>Whether the value says nothing: absent, <c>null</c>, or a text that is empty or blank.</summary>
    public bool IsNothing(int node) => node < 0 || _entries[node].Kind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => IsBlank(node),
        _ => false,
    };

    private bool IsBlank(int node)
    {
        // Nearly every text begins with a letter.
        var content = Content(node);
        if (!content.IsEmpty && content.Span[0] is > (byte)' ' and < 0x80 and not (byte)'\\')
        {
            return false;
        }

        return Texts.Trim(IsEscaped(node) ? JsonText.Unescaped(Raw(node).Span) : content).IsEmpty;
    }

    /// <summary>Whether the message has a member of that name.</summary>
    public bool Has(MemberName name) => Find(0, name) >= 0;

    public bool Has(MemberName name, JsonValueKind kind) => Find(0, name) is var node and >= 0 && _entries[node].Kind == kind;

    /// <summary>The member of an object; <see cref="Nothing"/> when there is none. A second one of that name is noted as a twin.</summary>
    public int Find(int node, MemberName name)
    {
        ref readonly var parent = ref _entries[node];
        if (parent.Kind != JsonValueKind.Object)
        {
            return Nothing;
        }

        var found = Nothing;
        var visits = 0;
        for (var child = node + 1; child < parent.End; child = _entries[child].End)
        {
            visits++;
            if (_entries[child].NameKey == name.Key && HasName(child, name))
            {
                (found, Twin) = found < 0 ? (child, Twin) : (found, child);
            }
        }

        Visits += visits;
        return found;
    }

    /// <summary>The element of a list, counted from 0, or from -1 at its end; <see cref="Nothing"/> when there is none.</summary>
    public int At(int node, int position)
    {
        if (_entries[node].Kind != JsonValueKind.Array)
        {
            return Nothing;
        }

        var wanted = position < 0 ? Count(node) + position : position;
        for (var child = node + 1; child < _entries[node].End && wanted >= 0; child = _entries[child].End, wanted--)
        {
            Visits++;
            if (wanted == 0)
            {
                return child;
            }
        }

        return Nothing;
    }

    public int Count(int node)
    {
        var count = 0;
        for (var child = node + 1; child < _entries[node].End; child = _entries[child].End)
        {
            count++;
        }

        Visits += count;
        return count;
    }

    /// <summary>The name of a member, without its escapes; empty for elements of lists.</summary>
    public ReadOnlySpan<byte> NameOf(int node) => RawName(node) is var name && JsonText.HasEscapes(name) ? Unescape(name) : name;

    private ReadOnlySpan<byte> RawName(int node) => _utf8.Span.Slice(_entries[node].NameStart, _entries[node].NameLength);

    private bool HasName(int node, MemberName name)
    {
        var given = RawName(node);
        return given.SequenceEqual(name.Utf8) || (JsonText.HasEscapes(given) && Unescape(given).SequenceEqual(name.Utf8));
    }

    private void Read()
    {
        var reader = new Utf8JsonReader(_utf8.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        var depth = 0;
        int nameStart = 0, nameLength = 0;
        uint nameKey = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameStart = (int)reader.TokenStartIndex + 1;
                    nameLength = reader.ValueSpan.Length;
                    nameKey = MemberName.KeyOf(reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var closed = ref _entries[_open[--depth]];
                    closed.Length = (int)reader.BytesConsumed - closed.Start;
                    closed.End = _count;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _open[depth++] = _count;
                    break;
            }

            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            ref var entry = ref _entries[_count++];
            entry.Start = (int)reader.TokenStartIndex;
            entry.Length = (int)reader.BytesConsumed - entry.Start;
            entry.End = _count;
            entry.Kind = KindOf(reader.TokenType);
            entry.IsEscaped = reader.ValueIsEscaped;
            (entry.NameStart, entry.NameLength, entry.NameKey) = (nameStart, nameLength, nameKey);
            (nameStart, nameLength, nameKey) = (0, 0, 0);
        }
    }

    /// <summary>A name with escapes is rare, so it may cost memory.</summary>
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> name)
    {
        byte[] quoted = [(byte)'"', .. name, (byte)'"'];
        return JsonText.Utf8(quoted);
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private struct Entry
    {
        public int Start;
        public int Length;
        public int End;
        public int NameStart;
        public int NameLength;
        public uint NameKey;
        public JsonValueKind Kind;
        public bool IsEscaped;
    }
}

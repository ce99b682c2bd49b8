using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>
/// One record while a profile works on it: where paths begin, the values of lists, the memory of texts that operators make, and what was noticed.
/// It is used again from record to record, so it lives on one thread.
/// </summary>
internal sealed class Evaluation
{
    /// <summary>A record that takes more is parked: lists in lists could otherwise take for ever. A letter that is looked at costs as much as a value.</summary>
    private const long MostVisits = 50_000_000;

    /// <summary>A record that makes more text than this is parked too: one long text could stand in each of many elements. In bytes.</summary>
    private const int MostText = 64 * 1024 * 1024;

    // A huge record leaves huge memory behind; it is given up.
    private const int MostTextToReuse = 1_000_000;

    // Looking at a long text costs as much as looking at many values. In bytes for each value.
    private const int TextOfOneVisit = 64;

    [ThreadStatic]
    private static Evaluation? _ofThread;

    private readonly ByteBuffer _texts = new(2048);
    private char[] _chars = new char[256];
    private int[] _group = [];

    private Evaluation()
    {
    }

    public JsonTape Tape { get; private set; } = null!;

    public RecordOrigin Origin { get; private set; } = null!;

    /// <summary>Where complaints go; null while nobody wants to hear them.</summary>
    public Draft? Draft { get; set; }

    /// <summary>Told what was looked at, when somebody asks to have a mapping explained.</summary>
    public ProfileTrace? Trace { get; set; }

    public int Record { get; set; }

    public int Element { get; private set; } = JsonTape.Nothing;

    public int Outer { get; private set; } = JsonTape.Nothing;

    /// <summary>The value of a list that is worked on one by one.</summary>
    public Value Given { get; set; } = Value.Gap;

    /// <summary>How many digits the currency of the event has after the point; -1 when that is not known.</summary>
    public int CurrencyDigits { get; set; } = -1;

    public int GroupCount { get; private set; }

    /// <summary>Whether the record may cost more yet.</summary>
    public bool MayGoOn => Tape.Visits < MostVisits && _texts.Count + Items.Written.Length < MostText;

    /// <summary>The values of the lists that are being worked on.</summary>
    public ValueStack Values { get; } = new();

    /// <summary>The items of the event in the making.</summary>
    public JsonOutput Items { get; } = new();

    public static Evaluation Begin(JsonTape tape, RecordOrigin origin)
    {
        var evaluation = _ofThread ??= new Evaluation();
        evaluation.Tape = tape;
        evaluation.Origin = origin;
        evaluation.Trace = null;
        evaluation.Draft = null;
        evaluation.Record = 0;
        evaluation.Element = evaluation.Outer = JsonTape.Nothing;
        evaluation.CurrencyDigits = -1;
        evaluation.GroupCount = 0;
        evaluation._texts.Clear();
        evaluation.Items.Reset();
        return evaluation;
    }

    /// <summary>Lets go of the record.</summary>
    public void End()
    {
        Values.Clear();
        if (Math.Max(Math.Max(_texts.Count, Items.Written.Length), _chars.Length) > MostTextToReuse)
        {
            _ofThread = null;
        }

        (Tape, Origin, Draft, Trace) = (null!, null!, null, null);
        (_group, GroupCount) = ([], 0);
    }

    public int RootOf(PathRoot root) => root switch
    {
        PathRoot.Record => Record,
        PathRoot.Message => 0,
        PathRoot.Element => Element,
        _ => Outer,
    };

    public int GroupElement(int index) => _group[index];

    /// <summary>Takes an element of a list as <c>@</c>; what was <c>@</c> is <c>@@</c> until it is left.</summary>
    public Scope Enter(int element)
    {
        var before = new Scope(Element, Outer, _group, GroupCount);
        Outer = Element;
        Element = element;
        return before;
    }

    /// <summary>Takes the elements of a group as <c>@*</c>.</summary>
    public void Group(int[] elements) => (_group, GroupCount) = (elements, elements.Length);

    public void Leave(Scope before) => (Element, Outer, _group, GroupCount) = before;

    /// <summary>Puts the elements of every list above a mark in its place: <c>$.items</c> means the same as <c>$.items[]</c> where a list is wanted.</summary>
    public void Spread(int mark)
    {
        var end = Values.Count;
        var hasLists = false;
        for (var i = mark; i < end; i++)
        {
            hasLists |= IsList(Values.At(i));
        }

        if (!hasLists)
        {
            return;
        }

        for (var i = mark; i < end && MayGoOn; i++)
        {
            if (!IsList(Values.At(i)))
            {
                Values.Push(Values.At(i));
                continue;
            }

            var list = Values.At(i).Node;
            for (var child = JsonTape.First(list); child < Tape.EndOf(list); child = Tape.EndOf(child))
            {
                Tape.Visits++;
                Values.Push(Tape.IsNothing(child) ? Value.Gap : Value.Of(child));
            }
        }

        Values.TakeDown(mark, end);
    }

    private bool IsList(in Value value) => value.Form == ValueForm.Node && !value.IsGap && Tape.Kind(value.Node) == JsonValueKind.Array;

    /// <summary>Keeps a text as long as the record.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> utf8)
    {
        var start = _texts.Count;
        _texts.Append(utf8);
        return _texts.From(start);
    }

    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<char> text)
    {
        var start = _texts.Count;
        _texts.Advance(Encoding.UTF8.GetBytes(text, _texts.Room(Encoding.UTF8.GetMaxByteCount(text.Length))));
        return _texts.From(start);
    }

    /// <summary>Where the next text is kept.</summary>
    public int KeptLength => _texts.Count;

    /// <summary>The texts that were kept since then, as one.</summary>
    public ReadOnlyMemory<byte> KeptSince(int start) => _texts.From(start);

    /// <summary>A text as characters, until the next is asked for.</summary>
    public ReadOnlySpan<char> Chars(ReadOnlySpan<byte> utf8)
    {
        Tape.Visits += utf8.Length;
        if (_chars.Length < utf8.Length)
        {
            _chars = new char[Math.Max(utf8.Length, _chars.Length * 2)];
        }

        return _chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, _chars));
    }

    /// <summary>The value as a text: trimmed, numbers digit for digit. False for objects, lists and what is empty.</summary>
    public bool TryText(in Value value, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = value.Form switch
        {
            ValueForm.Node => TextOf(value.Node),
            ValueForm.Text => Texts.Trim(value.Text),
            _ => Digits(value.Number),
        };
        return !utf8.IsEmpty;
    }

    /// <summary>The value as an exact decimal: a number, or a text in the notation of a JSON number.</summary>
    public bool TryNumber(in Value value, out decimal number)
    {
        number = value.Number;
        return value.Form switch
        {
            ValueForm.Number => true,
            ValueForm.Text => ExactDecimal.TryParse(Texts.Trim(value.Text).Span, out number),
            ValueForm.Node when value.IsGap => false,
            ValueForm.Node when Tape.Kind(value.Node) is JsonValueKind.Number => ExactDecimal.TryParse(Tape.Raw(value.Node).Span, out number),
            ValueForm.Node when Tape.Kind(value.Node) is JsonValueKind.String => ExactDecimal.TryParse(TextOf(value.Node).Span, out number),
            _ => false,
        };
    }

    /// <summary>The value as an exact decimal; what is there and is none is complained about.</summary>
    public bool TakeNumber(in Value value, out decimal number)
    {
        var isNumber = TryNumber(value, out number);
        if (!isNumber)
        {
            Complain(value, "is no decimal, such as 12.50, of at most 28 significant digits");
        }

        return isNumber;
    }

    public ReadOnlyMemory<byte> Digits(decimal number)
    {
        var start = _texts.Count;
        number.TryFormat(_texts.Room(32), out var length, default, CultureInfo.InvariantCulture);
        _texts.Advance(length);
        return _texts.From(start);
    }

    /// <summary>A text as JSON, with its quotes.</summary>
    public ReadOnlyMemory<byte> Quote(ReadOnlySpan<byte> utf8)
    {
        var start = _texts.Count;
        _texts.Quote(utf8);
        return _texts.From(start);
    }

    /// <summary>A value that is there and of no use.</summary>
    public void Complain(in Value value, string what)
    {
        if (Draft is { TakesWarnings: true } draft && !value.IsGap)
        {
            draft.Warn(ReasonCodes.InvalidMessage, NodePath.Of(Tape, Math.Max(value.Node, 0)), $"This {what}, so it was left out.");
        }
    }

    /// <summary>Nothing was found for a property that the element cannot do without.</summary>
    public void Miss(TargetValue value)
    {
        // Finding out where an element stands takes long, and of a million broken ones only some are told.
        var (path, message) = Draft is { TakesErrors: true }
            ? (NodePath.Of(Tape, Element), $"Nothing was found for {value.Target.Name}. The profile looked at {Looked(value.Source.Places)}.")
            : ("", "");
        Draft?.Error(ReasonCodes.IncompleteRecord, path, message);
    }

    /// <summary>Places for a message, each once.</summary>
    public static string Looked(IEnumerable<string> places) => string.Join(", ", places.Distinct());

    private ReadOnlyMemory<byte> TextOf(int node)
    {
        if (node < 0)
        {
            return default;
        }

        Tape.Visits += Tape.Raw(node).Length / TextOfOneVisit;
        return Tape.Kind(node) switch
        {
            JsonValueKind.String => Texts.Trim(Tape.IsEscaped(node) ? Unescape(Tape.Raw(node).Span) : Tape.Content(node)),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Tape.Raw(node),
            _ => default,
        };
    }

    private ReadOnlyMemory<byte> Unescape(ReadOnlySpan<byte> json)
    {
        var start = _texts.Count;
        _texts.Advance(JsonText.Unescape(json, _texts.Room(json.Length)));
        return _texts.From(start);
    }

    /// <summary>What paths began with before an element was entered.</summary>
    public readonly record struct Scope(int Element, int Outer, int[] Group, int GroupCount);
}

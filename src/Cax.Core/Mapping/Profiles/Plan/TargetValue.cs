using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Targets;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>
/// A property and the expression that gives it. The value becomes JSON in the form that the property takes; what cannot is left out with a warning,
/// for a person's detail is not worth an order.
/// </summary>
internal sealed class TargetValue(Target target, Operator source)
{
    private static readonly byte[] Female = "f"u8.ToArray();
    private static readonly byte[] Male = "m"u8.ToArray();

    public Target Target => target;

    public Operator Source => source;

    /// <summary>The value as JSON, in the memory of the record or of the evaluation; false when there is none.</summary>
    public bool TryJson(Evaluation at, out ReadOnlyMemory<byte> json)
    {
        var found = Work(at, out json);
        at.Trace?.Worked(target, found ? Encoding.UTF8.GetString(json.Span) : null);
        return found;
    }

    private bool Work(Evaluation at, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (target.Form == TargetForm.Texts)
        {
            return TryTexts(at, out json);
        }

        if (!source.TryGet(at, out var value))
        {
            return false;
        }

        switch (target.Form)
        {
            case TargetForm.Text:
                return TryText(at, value, out json);
            case TargetForm.Money or TargetForm.Number:
                return TryNumber(at, value, out json);
            case TargetForm.Any:
                return TryAny(at, value, out json);
            default:
                return TryPersonal(at, value, out json);
        }
    }

    private static bool TryText(Evaluation at, in Value value, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (value.Form == ValueForm.Node && at.Tape.Kind(value.Node) == JsonValueKind.String && Texts.IsTrimmed(at.Tape.Content(value.Node).Span))
        {
            // As the record writes it, escapes and all: nothing is written anew.
            json = at.Tape.Raw(value.Node);
            return true;
        }

        // An exponent shows that an id went through a binary float: its last digits are gone.
        if (!at.TryText(value, out var text) || (value.Form == ValueForm.Node && at.Tape.Kind(value.Node) == JsonValueKind.Number && text.Span.IndexOfAny("eE"u8) >= 0))
        {
            at.Complain(value, "is neither a text nor a number with all its digits");
            return false;
        }

        json = at.Quote(text.Span);
        return true;
    }

    private bool TryNumber(Evaluation at, in Value value, out ReadOnlyMemory<byte> json)
    {
        json = default;
        var mostPlaces = target.Form == TargetForm.Money && at.CurrencyDigits >= 0 ? at.CurrencyDigits : int.MaxValue;
        if (value.Form == ValueForm.Node && at.TryText(value, out var text) && ExactDecimal.IsPlain(text.Span, out var places) && places <= mostPlaces)
        {
            // As the record writes it: a decimal made of it would be written the same.
            json = text;
            return true;
        }

        if (!at.TakeNumber(value, out var number))
        {
            return false;
        }

        json = at.Digits(Round.To(number, mostPlaces));
        return true;
    }

    /// <summary>A custom property keeps the kind of its value.</summary>
    private static bool TryAny(Evaluation at, in Value value, out ReadOnlyMemory<byte> json)
    {
        switch (value.Form)
        {
            case ValueForm.Node when at.Tape.Kind(value.Node) is JsonValueKind.Object or JsonValueKind.Array:
                json = default;
                at.Complain(value, "is an object or a list and not one value");
                return false;
            case ValueForm.Node when at.Tape.Kind(value.Node) is not JsonValueKind.String:
                json = at.Tape.Raw(value.Node);
                return true;
            case ValueForm.Number or ValueForm.Time:
                json = at.Digits(value.Number);
                return true;
            case ValueForm.Text when value.Text.Span.SequenceEqual("true"u8) || value.Text.Span.SequenceEqual("false"u8):
                json = value.Text;
                return true;
            default:
                return TryText(at, value, out json);
        }
    }

    private bool TryTexts(Evaluation at, out ReadOnlyMemory<byte> json)
    {
        var mark = at.Values.Count;
        source.Gather(at);
        var found = at.Values.Count > mark || source.IsListFor(at);
        for (var i = mark; i < at.Values.Count; i++)
        {
            at.Values.At(i) = Value.Of(!at.Values.At(i).IsGap && TryText(at, at.Values.At(i), out var text) ? text : default);
        }

        var start = at.KeptLength;
        at.Keep("["u8);
        for (var i = mark; i < at.Values.Count; i++)
        {
            if (at.Values.At(i).Text is { IsEmpty: false } text)
            {
                at.Keep(at.KeptLength > start + 1 ? ","u8 : default);
                at.Keep(text.Span);
            }
        }

        at.Keep("]"u8);
        at.Values.PopTo(mark);
        json = at.KeptSince(start);
        return found;
    }

    private bool TryPersonal(Evaluation at, in Value value, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (!at.TryText(value, out var text))
        {
            at.Complain(value, "is no text");
            return false;
        }

        var (form, complaint) = target.Form switch
        {
            TargetForm.Currency => (text.Length == 3 && TextForm.IsLetters(text.Span) ? TextForm.Upper(at, text.Span) : default, "is no currency code of three letters (ISO 4217)"),
            TargetForm.PersonId when !IdText.Is(at, value) => (default, "is neither a text nor a whole number"),
            TargetForm.PersonId => (PersonKeys.IsGuest(text.Span) ? default : text, null),
            TargetForm.Email => (Email.Of(at, text), Email.Complaint),
            TargetForm.Phone => (Phone.Of(at, text, country: default), Phone.Complaint),
            TargetForm.Name => (TextForm.Lower(at, text.Span), null),
            TargetForm.Gender => (GenderOf(text.Span), "is neither f nor m"),
            TargetForm.Birthdate => (TimeFormat.TryIsoDay(text.Span, out _) ? text[..10] : default, "is not a date as YYYY-MM-DD"),
            TargetForm.Country => (Country.Of(at, text), Country.Complaint),
            TargetForm.Sha256 => (Hashes.IsSha256(text.Span) ? TextForm.Lower(at, text.Span) : default, "is no SHA-256 of 64 hexadecimal digits"),
            TargetForm.Md5 => (Hashes.IsMd5(text.Span) ? TextForm.Lower(at, text.Span) : default, "is no MD5 of 32 hexadecimal digits"),
            _ => (IpAddresses.IsValid(Encoding.UTF8.GetString(text.Span)) ? text : default, "is no IP address"),
        };
        if (form.IsEmpty)
        {
            if (complaint is not null)
            {
                at.Complain(value, complaint);
            }

            return false;
        }

        json = at.Quote(form.Span);
        return true;
    }

    private static ReadOnlyMemory<byte> GenderOf(ReadOnlySpan<byte> text) =>
        Texts.AreAlike(text, "f"u8) || Texts.AreAlike(text, "female"u8) ? Female
        : Texts.AreAlike(text, "m"u8) || Texts.AreAlike(text, "male"u8) ? Male
        : default;
}

using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>An e-mail address, trimmed and in lower case (CAX reference 5.2).</summary>
internal sealed class Email(Operator input) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text))
        {
            return false;
        }

        if (!IsAddress(text.Span))
        {
            at.Complain(given, "is no e-mail address");
            return false;
        }

        value = Value.Of(TextForm.Lower(at, text.Span));
        return true;
    }

    public static bool IsAddress(ReadOnlySpan<byte> text) =>
        text.LastIndexOf((byte)'@') is var at and > 0 && at < text.Length - 1 && text.IndexOfAny(" \t\r\n"u8) < 0;
}

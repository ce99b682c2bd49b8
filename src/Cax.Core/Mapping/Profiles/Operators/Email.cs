using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>An e-mail address, trimmed and in lower case (CAX reference 5.2).</summary>
internal sealed class Email(Operator input) : Normalised(input, Complaint)
{
    public const string Complaint = "is no e-mail address";

    /// <summary>The address in lower case; empty when it is none.</summary>
    public static ReadOnlyMemory<byte> Of(Evaluation at, ReadOnlyMemory<byte> text) =>
        Emails.IsAddress(text.Span) ? TextForm.Lower(at, text.Span) : default;

    protected override ReadOnlyMemory<byte> FormOf(Evaluation at, ReadOnlyMemory<byte> text) => Of(at, text);
}

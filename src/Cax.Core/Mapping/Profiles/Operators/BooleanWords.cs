using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Words for yes and no, made <c>true</c> and <c>false</c>.</summary>
internal sealed class BooleanWords(Operator input, string[] yes, string[] no) : Normalised(input, "is none of the words for yes and no")
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();

    private readonly Words _yes = new(yes);
    private readonly Words _no = new(no);

    protected override ReadOnlyMemory<byte> FormOf(Evaluation at, ReadOnlyMemory<byte> text) =>
        _yes.Has(text.Span) ? True : _no.Has(text.Span) ? False : default;
}

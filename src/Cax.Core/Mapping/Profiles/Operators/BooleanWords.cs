using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Words for yes and no, made <c>true</c> and <c>false</c>.</summary>
internal sealed class BooleanWords(Operator input, string[] yes, string[] no) : Operator
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();

    private readonly byte[][] _yes = [.. yes.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[][] _no = [.. no.Select(Encoding.UTF8.GetBytes)];

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var word))
        {
            return false;
        }

        if (Has(_yes, word.Span))
        {
            value = Value.Of(True);
            return true;
        }

        if (Has(_no, word.Span))
        {
            value = Value.Of(False);
            return true;
        }

        at.Complain(given, "is none of the words for yes and no");
        return false;
    }

    private static bool Has(byte[][] words, ReadOnlySpan<byte> word)
    {
        foreach (var one in words)
        {
            if (Texts.AreAlike(word, one))
            {
                return true;
            }
        }

        return false;
    }
}

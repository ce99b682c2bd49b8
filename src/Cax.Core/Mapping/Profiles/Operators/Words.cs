using System.Text;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Texts that a profile names, compared without regard to case and to blanks around them.</summary>
internal sealed class Words(string[] texts)
{
    private readonly byte[][] _texts = [.. texts.Select(text => Encoding.UTF8.GetBytes(text.Trim()))];

    public bool Has(ReadOnlySpan<byte> utf8)
    {
        foreach (var text in _texts)
        {
            if (Texts.AreAlike(utf8, text))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Globalization;
using System.Text;

namespace Cax.Core.Reports;

/// <summary>Text from outside that is shown to a person as what it is: names of files and columns may be chosen to deceive.</summary>
internal static class PlainText
{
    /// <summary>More marks than these on one letter are no language: they are drawn over the lines around.</summary>
    private const int MostMarks = 3;

    private const char Removed = '\uFFFD';

    /// <summary>
    /// The text without control characters, without those that turn the direction of writing or are not seen at all (a replacement character marks
    /// their place), and cut at so many characters.
    /// </summary>
    public static string Of(string text, int most)
    {
        var plain = new StringBuilder(Math.Min(text.Length, most));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks)
            {
                continue;
            }

            if (plain.Length + rune.Utf16SequenceLength >= most)
            {
                return plain.Append('…').ToString();
            }

            if (category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is '\t' or '\n' or '\r')
            {
                plain.Append(' ');
            }
            else if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                plain.Append(plain.Length > 0 && plain[^1] == Removed ? "" : Removed);
            }
            else
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }
}

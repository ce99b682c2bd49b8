using System.Globalization;
using System.Text;

namespace Cax.Cli.Output;

/// <summary>Text out of a record, made harmless for a terminal: names of members may hold anything, escape sequences too.</summary>
internal static class Printable
{
    public static string Of(string text)
    {
        if (!text.Any(IsTricky))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(IsTricky(c) ? '?' : c);
        }

        return plain.ToString();
    }

    /// <summary>Control characters, and the marks that turn the direction of writing.</summary>
    private static bool IsTricky(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

using System.Text;

namespace Cax.Core.Reports.Files;

/// <summary>
/// A detail with its numbers taken out: what differs only in them is the same kind of error. The numbers that all errors of a kind share are put
/// back when the kind is told; the others become an ellipsis.
/// </summary>
/// <param name="Text">The detail, with <see cref="Gap"/> in the place of each number.</param>
/// <param name="Numbers">What stood in the gaps; null for a number that is not the same everywhere.</param>
internal readonly record struct DetailPattern(string Text, string?[] Numbers)
{
    private const char Gap = '\u0001';
    private const string Varies = "…";

    public static DetailPattern Of(string detail)
    {
        if (!detail.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return new DetailPattern(detail, []);
        }

        var text = new StringBuilder(detail.Length);
        var numbers = new List<string?>();
        for (var at = 0; at < detail.Length;)
        {
            var end = at;
            while (end < detail.Length && char.IsAsciiDigit(detail[end]))
            {
                end++;
            }

            if (end == at || IsWithinName(detail, at))
            {
                end = Math.Max(end, at + 1);
                text.Append(detail, at, end - at);
            }
            else
            {
                numbers.Add(detail[at..end]);
                text.Append(Gap);
            }

            at = end;
        }

        return new DetailPattern(text.ToString(), [.. numbers]);
    }

    /// <summary>Keeps the numbers that another detail of the same text has too.</summary>
    public static void Unite(string?[] numbers, IReadOnlyList<string?> others)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i < others.Count && numbers[i] == others[i] ? numbers[i] : null;
        }
    }

    /// <summary>As a person reads it.</summary>
    public static string Fill(string text, IReadOnlyList<string?> numbers)
    {
        var pieces = text.Split(Gap);
        var filled = new StringBuilder(pieces[0]);
        for (var i = 1; i < pieces.Length; i++)
        {
            filled.Append(i <= numbers.Count ? numbers[i - 1] ?? Varies : Varies).Append(pieces[i]);
        }

        return filled.ToString();
    }

    /// <summary>The digits of <c>UTF-8</c> and <c>CAX030</c> are no numbers.</summary>
    private static bool IsWithinName(string detail, int at) => at > 0 && (char.IsLetter(detail[at - 1]) || detail[at - 1] is '-' or '_');
}

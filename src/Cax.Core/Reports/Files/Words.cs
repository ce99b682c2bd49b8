using System.Globalization;

namespace Cax.Core.Reports.Files;

/// <summary>Numbers, times and sizes as a person reads them, the same in every country.</summary>
internal static class Words
{
    private const double Thousand = 1_000;

    /// <summary>With a narrow space between thousands, which nobody takes for a decimal mark.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A number and its noun: <c>1 record</c>, <c>2 records</c>.</summary>
    public static string Count(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s")}";

    /// <summary>With a capital letter, and cut at so many characters.</summary>
    public static string Sentence(string detail, int most) =>
        PlainText.Of(detail.Length > 0 && char.IsAsciiLetterLower(detail[0]) ? char.ToUpperInvariant(detail[0]) + detail[1..] : detail, most);

    /// <summary>A sum with a narrow space between thousands and a point before the decimals.</summary>
    public static string Amount(string exact)
    {
        var end = exact.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? point : exact.Length;
        var start = exact.StartsWith('-') ? 1 : 0;
        for (var at = end - 3; at > start; at -= 3)
        {
            exact = exact.Insert(at, "\u202F");
        }

        return exact;
    }

    /// <summary>A share of a whole; never 0 % or 100 % where that is not the truth.</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
        {
            return "";
        }

        var percent = 100.0 * part / whole;
        return part == 0 ? "0 %"
            : part == whole ? "100 %"
            : percent < 0.1 ? "< 0.1 %"
            : percent > 99.9 ? "> 99.9 %"
            : percent.ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>In decimal units.</summary>
    public static string Bytes(long bytes)
    {
        double size = bytes;
        foreach (var unit in (string[])["bytes", "kB", "MB", "GB"])
        {
            if (size < Thousand)
            {
                return size.ToString(unit == "bytes" ? "0" : "0.#", CultureInfo.InvariantCulture) + " " + unit;
            }

            size /= Thousand;
        }

        return size.ToString("0.#", CultureInfo.InvariantCulture) + " TB";
    }
}

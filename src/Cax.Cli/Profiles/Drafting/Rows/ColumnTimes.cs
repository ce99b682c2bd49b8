using System.Globalization;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>How a column writes points in time, as all of its values together show.</summary>
/// <param name="Formats">In the profile language: one, or the two in which it can be read.</param>
/// <param name="NeedsZone">Whether the values say nothing about their offset.</param>
/// <param name="HasHour">Whether they say the hour.</param>
internal sealed record ColumnTimes(IReadOnlyList<string> Formats, bool NeedsZone, bool HasHour)
{
    /// <summary>The name of ISO 8601, which counts where a profile names no format.</summary>
    public const string Iso = "iso";

    private static readonly string[] Hours = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt"];

    private static readonly (string Format, string[] Patterns)[] WithOffset =
    [
        (Iso, [.. IsoHours("zzz"), .. IsoHours("'Z'")]),
        ("yyyy-MM-dd HH:mm:ss zzz", ["yyyy-MM-dd HH:mm:ss zzz"]),
        ("rfc2822", ["ddd, d MMM yyyy HH:mm:ss zzz"]),
    ];

    // Days before months first, so that the second of two readings is the American one.
    private static readonly string[] Days = ["d.M.yyyy", "d.M.yy", "yyyy/M/d", "d-M-yyyy", "d/M/yyyy", "d/M/yy", "M/d/yyyy", "M/d/yy", "M-d-yyyy"];

    public bool IsSure => Formats.Count == 1;

    /// <summary>Null when the column holds something else, or nothing.</summary>
    public static ColumnTimes? Of(SampleColumn column)
    {
        var values = column.Given.ToList();
        if (values.Count == 0)
        {
            return null;
        }

        if (values.TrueForAll(value => value.All(char.IsAsciiDigit)))
        {
            return values.Select(value => value.Length).Distinct().ToList() is [10 or 13 or 16] ? new ColumnTimes(["epoch"], NeedsZone: false, HasHour: true) : null;
        }

        foreach (var (format, patterns) in WithOffset)
        {
            if (values.TrueForAll(value => Fits(value, patterns)))
            {
                return new ColumnTimes([format], NeedsZone: false, HasHour: true);
            }
        }

        if (values.TrueForAll(value => Fits(value, ["yyyy-MM-dd"])))
        {
            return new ColumnTimes([Iso], NeedsZone: true, HasHour: false);
        }

        if (values.TrueForAll(value => Fits(value, [.. IsoHours("")])))
        {
            return new ColumnTimes([Iso], NeedsZone: true, HasHour: true);
        }

        var fitting = Days.SelectMany(day => Hours.Select(hour => day + hour)).Where(pattern => values.TrueForAll(value => Fits(value, [pattern]))).ToList();
        return fitting.Count == 0 ? null : new ColumnTimes(fitting, NeedsZone: true, HasHour: fitting[0].Contains(':', StringComparison.Ordinal));
    }

    private static IEnumerable<string> IsoHours(string offset) =>
        from letter in (string[])["'T'", " "]
        from hour in (string[])["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm"]
        select $"yyyy-MM-dd{letter}{hour}{offset}";

    private static bool Fits(string value, string[] patterns) =>
        DateTimeOffset.TryParseExact(value, patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}

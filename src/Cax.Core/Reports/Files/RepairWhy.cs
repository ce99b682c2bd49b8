using Cax.Core.Sources;

namespace Cax.Core.Reports.Files;

/// <summary>Why a record is in a repair file, in words and without any value of the record.</summary>
internal static class RepairWhy
{
    private const int MostErrors = 5;

    /// <summary>In characters.</summary>
    private const int Longest = 1_000;

    /// <summary>
    /// <c>[invalid_event] line 17: $.currency: …; $.items[0].id: …</c>: the reason code, the line in the file that is repaired, and what is wrong there.
    /// </summary>
    public static string Of(FinishedRecord finished) => Of(finished, out _);

    /// <summary>The same, and the line that it is about.</summary>
    public static string Of(FinishedRecord finished, out long line)
    {
        var errors = ErrorPlace.Of(finished, static _ => null).Where(error => error.Key.List == KindList.Rejected).ToList();
        line = errors.Count > 0 ? errors[0].Value.Line : finished.Record.Position.Line;
        var words = string.Join("; ", errors.Take(MostErrors).Select(error => error.Value.Path is { } path ? $"{path}: {error.Value.Detail}" : error.Value.Detail));
        var others = errors.Count > MostErrors ? FormattableString.Invariant($"; and {errors.Count - MostErrors} more") : "";
        return Of(finished.Outcome.Reason ?? KindKey.Other, line, words + others);
    }

    /// <summary>The same for one bad row of a group.</summary>
    public static string Of(string reason, long line, string problem) =>
        PlainText.Of(FormattableString.Invariant($"[{reason}] line {line}: {problem}"), Longest);

    /// <summary>For the other rows of a group.</summary>
    public static string BelongsTo(long line) => FormattableString.Invariant($"belongs to line {line}");
}

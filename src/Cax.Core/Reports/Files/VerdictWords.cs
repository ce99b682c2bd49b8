namespace Cax.Core.Reports.Files;

/// <summary>What came of a file, in the words that a report begins with.</summary>
internal static class VerdictWords
{
    /// <summary>As JSON and settings write it: <c>sent_with_rejections</c>.</summary>
    public static string Code(FileVerdict verdict) => verdict switch
    {
        FileVerdict.Sent => "sent",
        FileVerdict.SentWithRejections => "sent_with_rejections",
        FileVerdict.Refused => "refused",
        FileVerdict.Empty => "empty",
        FileVerdict.Repeated => "repeated",
        FileVerdict.Gone => "gone",
        _ => "waiting",
    };

    /// <summary>In two or three words.</summary>
    public static string Short(FileVerdict verdict, Tally records) => verdict switch
    {
        FileVerdict.Sent => "All done",
        FileVerdict.SentWithRejections when records.Sent == 0 => "Rejected",
        FileVerdict.SentWithRejections => "Partly rejected",
        FileVerdict.Refused => "Not readable",
        FileVerdict.Empty => "Nothing in it",
        FileVerdict.Repeated => "Sent before",
        FileVerdict.Gone => "Gone",
        _ => "Not done yet",
    };

    /// <summary>In a sentence or two, with numbers.</summary>
    public static string Sentence(FileVerdict verdict, Tally records) => verdict switch
    {
        FileVerdict.Sent when records.Sent == 0 => $"{All(records.Total)} skipped by rule. Nothing had to be sent.",
        FileVerdict.Sent when records.Skipped > 0 => $"{Some(records.Sent, records.Total)} sent, {Words.Number(records.Skipped)} skipped by rule. Nothing was rejected.",
        FileVerdict.Sent => $"{All(records.Total)} sent.",
        FileVerdict.SentWithRejections when records.DeadLettered == records.Total => $"{All(records.Total)} rejected. Nothing was sent.",
        FileVerdict.SentWithRejections => $"{Some(records.DeadLettered, records.Total)} rejected. {Rest(records)}",
        FileVerdict.Refused => "This file could not be read, and nothing of it was sent.",
        FileVerdict.Empty => "There is no record in this file, so nothing had to be sent.",
        FileVerdict.Repeated => "The same file was sent before, so nothing was sent again.",
        FileVerdict.Gone => $"The file was deleted or written anew before it was read to its end. {SoFar(records, "Before that, ")}",
        _ => $"This file is not done yet. It goes on by itself, or with the same command. {SoFar(records, "So far, ")}",
    };

    private static string All(long total) => total switch
    {
        1 => "The only record was",
        2 => "Both records were",
        _ => $"All {Words.Number(total)} records were",
    };

    private static string Some(long part, long total) => $"{Words.Number(part)} of {Words.Number(total)} records {(part == 1 ? "was" : "were")}";

    private static string Rest(Tally records) => (records.Sent, records.Skipped) switch
    {
        (0, 1) => "The other one was skipped by rule.",
        (0, var skipped) => $"The other {Words.Number(skipped)} were skipped by rule.",
        (1, 0) => "The other one was sent.",
        (var sent, 0) => $"The other {Words.Number(sent)} were sent.",
        var (sent, skipped) => $"{Words.Number(sent)} {(sent == 1 ? "was" : "were")} sent, {Words.Number(skipped)} skipped by rule.",
    };

    private static string SoFar(Tally records, string when)
    {
        var parts = new List<string>();
        Add(records.Sent, "sent");
        Add(records.DeadLettered, "rejected");
        Add(records.Skipped, "skipped");
        return when + (parts.Count == 0 ? "nothing was sent" : string.Join(", ", parts)) + ".";

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add(parts.Count > 0 ? $"{Words.Number(count)} {what}" : $"{Words.Count(count, "record")} {(count == 1 ? "was" : "were")} {what}");
            }
        }
    }
}

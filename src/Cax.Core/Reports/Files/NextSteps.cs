namespace Cax.Core.Reports.Files;

/// <summary>What the reader of a report is to do, in the order in which it helps.</summary>
internal sealed class NextSteps(Html html, FileFacts facts, ReportTotals totals)
{
    private const int MostReasons = 8;

    public void Write()
    {
        html.Add($"<section>\n<h2>What to do</h2>\n");
        switch (facts.Verdict)
        {
            case FileVerdict.SentWithRejections:
                WriteRejected();
                break;
            case FileVerdict.Refused:
                WriteRefused();
                break;
            case FileVerdict.Empty:
                html.Add($"<p>Nothing, if it is meant to be empty. If not, look at the export that writes it.</p>\n");
                break;
            case FileVerdict.Repeated:
                html.Add($"<p>Nothing. To send it once more all the same, use <code>cax send FILE --force</code>, or give the blob the metadata <code>cax-force</code>.</p>\n");
                break;
            case FileVerdict.Gone:
                html.Add($"<p>Nothing, if a new version took its place: it has a report of its own. If not, put the file there again.</p>\n");
                break;
            case FileVerdict.Waiting:
                html.Add($"<p>Nothing: it is taken up again by itself, and this page is written anew.</p>\n");
                break;
            default:
                html.Add($"<p>Nothing. {(totals.Kinds(KindList.Warned).Count > 0 ? "When you have time, look at the warnings below." : "")}</p>\n");
                break;
        }

        WriteRelated("This file repairs", facts.RepairOf is { } original ? [original] : []);
        WriteRelated("Repaired by", facts.RepairedBy);
        WriteRelated("Sent before as", facts.SameAs is { } same ? [same] : []);
        html.Add($"</section>\n");
    }

    private void WriteRelated(string how, IReadOnlyList<RelatedReport> others)
    {
        foreach (var other in others)
        {
            html.Add($"<p>{how} <bdi><code>{other.Name}</code></bdi> ({Words.Time(other.At)}). Its report: <bdi><code>{other.Report}</code></bdi></p>\n");
        }
    }

    private void WriteRefused()
    {
        html.Add($"<ol>\n");
        foreach (var reason in totals.Rejected.Keys)
        {
            html.Add($"<li>{ReasonWords.Of(reason).Advice}</li>\n");
        }

        html.Add($"<li>Send the file again: since nothing of it was sent, it is read anew.</li>\n</ol>\n");
    }

    private void WriteRejected()
    {
        html.Add($"<ol>\n");
        WriteRepair();
        WriteReplay(Cure.Mapping, "If the data are right as they are, change the profile or the setting and replay the dead letters:");
        WriteReplay(Cure.Endpoint, "There is nothing to repair in what CAX did not take. Replay it when the cause is gone:");
        html.Add($"</ol>\n");
    }

    private void WriteRepair()
    {
        var repairable = totals.Records.DeadLettered - totals.NotInRepair;
        if (facts.RepairFile is { } file && repairable > 0)
        {
            html.Add($"""
                <li><p>Open the repair file <bdi><code>{file}</code></bdi>. It holds {(repairable == 1 ? "the rejected record" : $"the {Words.Number(repairable)} rejected records")} and nothing else, and says of each what is wrong (<code>cax_repair</code>).</p>
                <p>Correct it, delete what you do not want to send, and put it where this file was, or send it with <code>cax send</code>. It is known as the repair of this file by the name of that column.</p></li>

                """);
        }

        if (totals.NotInRepair > 0)
        {
            html.Add($"<li>{Words.Count(totals.NotInRepair, "record")} {(totals.NotInRepair == 1 ? "is" : "are")} too large for a repair file: correct the file itself at the lines below, and send only {(totals.NotInRepair == 1 ? "that one" : "those")} again.</li>\n");
        }
    }

    private void WriteReplay(Cure cure, string introduction)
    {
        var reasons = totals.Rejected.Where(reason => ReasonWords.Of(reason.Key).Cure == cure).OrderByDescending(reason => reason.Value).ToList();
        if (reasons.Count == 0)
        {
            return;
        }

        html.Add($"<li><p>{introduction}</p>\n<pre><code>");
        foreach (var (reason, _) in reasons.Take(MostReasons))
        {
            html.Add($"cax replay DEAD-LETTERS --reason {reason}\n");
        }

        html.Add($"</code></pre>\n<p class=\"soft small\">Repair a record or replay it, not both.{(facts.DeadLetters is null ? "" : " The dead letters lie in ")}");
        if (facts.DeadLetters is { } letters)
        {
            html.Add($"<bdi><code>{letters}</code></bdi>.");
        }

        html.Add($"</p></li>\n");
    }
}

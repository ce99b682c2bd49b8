using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>What the reader of a report is to do, in the order in which it helps.</summary>
internal sealed class NextSteps(Html html, FileFacts facts, ReportTotals totals)
{
    private const int MostReasons = 8;

    public void Write()
    {
        html.Add($"<section>\n<h2>What to do</h2>\n");
        WriteRelated("A repair of this file was sent since:", facts.RepairedBy);
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
                html.Add($"""
                    <p>Nothing. To send it once more all the same, use <code>cax send FILE --force</code>, or give the blob the metadata
                    <code>cax_force=true</code>.</p>

                    """);
                break;
            case FileVerdict.Gone:
                html.Add($"<p>Nothing, if a new version took its place: it has a report of its own. If not, put the file there again.</p>\n");
                break;
            case FileVerdict.Waiting:
                html.Add($"""
                    <p>Correct what is named above, if it is a setting or a key. In Azure the file is then taken up again by itself; what was sent with
                    <code>cax send</code> goes on with the same command. This page is written anew.</p>

                    """);
                break;
            default:
                html.Add($"<p>Nothing. {(totals.Kinds(KindList.Warned).Count > 0 ? "When you have time, look at the warnings below." : "")}</p>\n");
                break;
        }

        WriteRelated("This file is the repair of", facts.RepairOf is { } original ? [original] : []);
        WriteRelated("It was sent before as", facts.SameAs is { } same ? [same] : []);
        html.Add($"</section>\n");
    }

    private void WriteRelated(string how, IReadOnlyList<RelatedReport> others)
    {
        foreach (var other in others)
        {
            html.Add($"""
                <p>{how} <bdi><code>{other.Name}</code></bdi> ({Words.Time(other.At)}). Its report: <bdi><code>{other.Report}</code></bdi></p>

                """);
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
        if (totals.Rejected.Keys.Any(reason => ReasonWords.Of(reason).Cure is Cure.Mapping or Cure.Endpoint))
        {
            html.Add($"<p class=\"soft small\">Repair a record or replay it, not both: it would be sent twice, with the same event id.");
            if (facts.DeadLetters is { } letters)
            {
                html.Add($" <code>DEAD-LETTERS</code> stands for <bdi><code>{letters}</code></bdi>.");
            }

            html.Add($"</p>\n");
        }
    }

    private void WriteRepair()
    {
        var repairable = totals.Records.DeadLettered - totals.NotInRepair;
        if (repairable > 0)
        {
            html.Add($"<li>");
            if (facts.RepairFile is { } file)
            {
                WriteRepair(file, repairable);
            }
            else
            {
                html.Add($"Correct the file at the lines below, and send these records again.");
            }

            html.Add($"</li>\n");
        }

        if (totals.NotInRepair > 0)
        {
            var (are, those) = totals.NotInRepair == 1 ? ("is", "that one") : ("are", "those");
            html.Add($"""
                <li>{Words.Count(totals.NotInRepair, "record")} {are} too large for a repair file: correct the file itself at the lines below, and send
                only {those} again.</li>

                """);
        }
    }

    private void WriteRepair(string file, long records)
    {
        var (what, each) = records == 1
            ? ("the rejected record", "what is wrong with it") : ($"the {Words.Number(records)} rejected records", "what is wrong with each");
        var isCsv = facts.Layout is { Format: FileFormat.Csv };
        var (where, there) = isCsv ? ("Its last column", "That column") : ("The member", "That member");
        html.Add($"""
            <p>Open the repair file <bdi><code>{file}</code></bdi>. It holds {what} and nothing else. {where} <code>cax_repair</code> says {each}.</p>
            <p>Correct it, delete what you do not want to send, and put it where this file was, or send it with <code>cax send</code>. {there} tells that it
            is the repair of this file: leave it there.</p>

            """);
        if (!isCsv)
        {
            html.Add($"<p>What is no JSON stands there as text, in the member <code>broken</code>: write the members of the record in its place.</p>\n");
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
            html.Add($"cax replay DEAD-LETTERS <span>--reason {reason}</span>\n");
        }

        html.Add($"</code></pre></li>\n");
    }
}

using System.Reflection;
using Cax.Core.Mapping;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>
/// <c>report.html</c>: one page that a person reads in a minute. First the verdict in words and what to do, then numbers, money and reasons. It loads
/// nothing, runs nothing, and stays below a megabyte whatever happened to the file.
/// </summary>
internal sealed class ReportPage(FileFacts facts, ReportTotals totals)
{
    private const int MostProfiles = 12;

    /// <summary>In characters.</summary>
    private const int LongestWhy = 2_000;

    private static readonly string Style = ReadStyle();

    private readonly Tally _records = totals.Records.Tally;
    private readonly Html _html = new();

    public byte[] Write()
    {
        WriteHead();
        WriteVerdict();
        new NextSteps(_html, facts, totals).Write();
        var errors = new PageOfErrors(_html, totals);
        if (_records.Total > 0 && facts.Verdict != FileVerdict.Refused)
        {
            new PageOfFigures(_html, totals).Write();
            errors.WriteRejected();
        }

        errors.WriteOthers();
        WriteFacts();
        WriteFooter();
        _html.Add($"</main>\n</body>\n</html>\n");
        return _html.ToUtf8();
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }

    private void WriteHead()
    {
        var name = Path.GetFileName(facts.Name.TrimEnd('/', '\\'));
        _html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{VerdictWords.Short(facts.Verdict, _records)}: {name}</title>
            <style>

            """);
        _html.AddStyle(Style);
        _html.Add($"</style>\n</head>\n<body>\n<main>\n");
    }

    private void WriteVerdict()
    {
        var (tone, icon) = facts.Verdict switch
        {
            FileVerdict.Sent => ("good", "M4 10.5l4 4 8-9"),
            FileVerdict.SentWithRejections when _records.Sent == 0 => ("bad", "M5 5l10 10M15 5L5 15"),
            FileVerdict.SentWithRejections => ("warn", "M10 4v7M10 15v.5"),
            FileVerdict.Refused => ("bad", "M5 5l10 10M15 5L5 15"),
            FileVerdict.Waiting => ("info", "M4 10h.1M10 10h.1M16 10h.1"),
            _ => ("rest", "M4 10h12"),
        };
        _html.Add($"""
            <header class="{tone}">
            <p class="brand">CAX connector · report of a file</p>
            <p class="badge"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{icon}"/></svg>{VerdictWords.Short(facts.Verdict, _records)}</p>
            <h1>{VerdictWords.Sentence(facts.Verdict, _records)}</h1>
            <p class="file"><bdi>{facts.Name}</bdi></p>

            """);
        if (facts is { Why: { } why, Verdict: FileVerdict.Refused or FileVerdict.Waiting })
        {
            _html.Add($"<p>{Words.Sentence(why, LongestWhy)}</p>\n");
        }

        var runs = facts.Runs > 1 ? $" in {Words.Number(facts.Runs)} runs" : "";
        _html.Add($"""
            <p class="soft small">Received {Words.Time(facts.ReceivedAt)} · {Words.Bytes(facts.Bytes)} · worked on for {Words.Duration(facts.Worked)}{runs}</p>
            </header>

            """);
    }

    private void WriteFacts()
    {
        _html.Add($"<section>\n<h2>This file</h2>\n<dl class=\"facts\">\n");
        Fact("Name", facts.Name);
        Fact("Size", Words.Bytes(facts.Bytes));
        Fact("Read as", facts.Layout is { } layout ? ReadAs(layout) : null);
        Fact("Profile", facts.Layout?.Profile is { } profile ? MappedBy(profile) : Profiles());
        Fact("Destination", facts.Destination);
        Fact("Started", Words.Time(facts.StartedAt));
        Fact("Ended", facts.Verdict == FileVerdict.Waiting ? null : Words.Time(facts.EndedAt));
        Fact("Requests", facts.Requests == 0 ? "none" : Requests());
        Fact("Dead letters", _records.DeadLettered > 0 ? facts.DeadLetters : null);
        Fact("Repair file", facts.RepairFile);
        Fact("SHA-256", facts.Sha256);
        Fact("Key", facts.Key);
        _html.Add($"</dl>\n</section>\n");

        void Fact(string name, string? value)
        {
            if (value is not null)
            {
                _html.Add($"<dt>{name}</dt><dd><bdi>{value}</bdi></dd>\n");
            }
        }
    }

    private static string ReadAs(FileLayout layout)
    {
        var separator = layout.Separator switch
        {
            '\t' => "tab",
            ',' => "comma",
            ';' => "semicolon",
            '|' => "bar",
            var other => other.ToString(),
        };
        var format = layout.Format == FileFormat.Csv ? $"CSV, separated by {separator}" : "JSON";
        return $"{format}, {layout.Encoding.WebName}{(layout.IsGzip ? ", packed with gzip" : "")}";
    }

    private string MappedBy(ProfileChoice profile) =>
        $"{profile.Name}, chosen by {profile.By.Name()}{(facts.ProfileVersion is { } version ? $", version {version}" : "")}";

    private string? Profiles() => totals.Profiles.Count == 0 ? null : string.Join(
        ", ",
        totals.Profiles.OrderByDescending(profile => profile.Value).Take(MostProfiles)
            .Select(profile => $"{profile.Key} ({Words.Count(profile.Value, "record")})"));

    private string Requests() =>
        $"{Words.Number(facts.Requests)}, of which {Words.Count(facts.Batches, "batch")} with {Words.Bytes(facts.BytesSent)} accepted";

    private void WriteFooter() => _html.Add($"""
        <footer>
        <p>“Sent” means that CAX took the event over (HTTP 2xx). CAX judges events afterwards. Lines are counted from 1 in the unpacked file, with its
        header and the line breaks inside of quotes. Further line numbers, hashed ids and all figures for programs are in <code>report.json</code> beside
        this page.</p>
        </footer>

        """);
}

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
    private const int MostLines = 50;
    private const int MostLinesOfRow = 12;
    private const int OpenKinds = 5;
    private const int MostRows = 50;
    private const int MostExamples = 2;

    /// <summary>Of a detail or example. In characters.</summary>
    private const int LongestDetail = 300;

    /// <summary>In characters.</summary>
    private const int LongestWhy = 2_000;

    /// <summary>Of the page, from where on no more kinds of errors are listed. In characters, of which each has at most three bytes.</summary>
    private const int Full = 200_000;

    private static readonly string Style = ReadStyle();

    private readonly Tally _records = totals.Records.Tally;
    private readonly Html _html = new();

    public byte[] Write()
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
        WriteVerdict();
        new NextSteps(_html, facts, totals).Write();
        if (_records.Total > 0 && facts.Verdict != FileVerdict.Refused)
        {
            WriteNumbers();
            WriteMoney();
            WriteReasons("Why records were rejected", "bad", totals.Kinds(KindList.Rejected), totals.Rejected);
        }

        WriteReasons("Left for the next run", "info", totals.Kinds(KindList.Returned), totals.Returned);
        WriteSkipped();
        WriteWarnings();
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
            <p class="badge"><svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"><path d="{icon}"/></svg>{VerdictWords.Short(facts.Verdict, _records)}</p>
            <h1>{VerdictWords.Sentence(facts.Verdict, _records)}</h1>
            <p class="file"><bdi>{facts.Name}</bdi></p>

            """);
        if (facts is { Why: { } why, Verdict: FileVerdict.Refused or FileVerdict.Waiting })
        {
            _html.Add($"<p>{Words.Sentence(why, LongestWhy)}</p>\n");
        }

        _html.Add($"<p class=\"soft small\">Received {Words.Time(facts.ReceivedAt)} · {Words.Bytes(facts.Bytes)} · worked on for {Words.Duration(facts.Worked)}");
        if (facts.Runs > 1)
        {
            _html.Add($" in {facts.Runs} runs");
        }

        _html.Add($"</p>\n</header>\n");
    }

    private void WriteNumbers()
    {
        (string Name, string Tone, long Count)[] parts =
        [
            ("Sent", "good", _records.Sent),
            ("Rejected", "bad", _records.DeadLettered),
            ("Skipped by rule", "rest", _records.Skipped),
            ("Left for later", "info", _records.Returned),
        ];
        var shown = parts.Where((part, i) => i < 3 || part.Count > 0).ToList();
        _html.Add($"<section>\n<h2>Records</h2>\n<svg class=\"bar\" viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{string.Join(", ", shown.Select(part => $"{part.Name}: {Words.Number(part.Count)}"))}\">");
        WriteBar([.. shown.Where(part => part.Count > 0)]);
        _html.Add($"</svg>\n<dl class=\"tiles\">\n<div><dt>Read</dt><dd>{_records.Total}<small>{Words.Count(totals.Events.Tally.Total, "event")}</small></dd></div>\n");
        foreach (var (name, tone, count) in shown)
        {
            _html.Add($"<div class=\"{tone}\"><dt>{name}</dt><dd>{count}<small>{Words.Share(count, _records.Total)}</small></dd></div>\n");
        }

        _html.Add($"</dl>\n</section>\n");
    }

    /// <summary>Each part as wide as its share, and never too narrow to be seen.</summary>
    private void WriteBar((string Name, string Tone, long Count)[] parts)
    {
        const int Width = 1_000;
        const int Narrowest = 20;
        var widths = parts.Select(part => Math.Max(Narrowest, (double)Width * part.Count / _records.Total)).ToArray();
        var scale = Width / widths.Sum();
        var at = 0.0;
        for (var i = 0; i < parts.Length; i++)
        {
            _html.Add($"<rect class=\"{parts[i].Tone}\" x=\"{Pixels(at)}\" y=\"0\" width=\"{Pixels(widths[i] * scale)}\" height=\"24\"/>");
            at += widths[i] * scale;
        }

        static string Pixels(double length) => FormattableString.Invariant($"{length:0.##}");
    }

    private void WriteMoney()
    {
        if (totals.Money.Count == 0)
        {
            return;
        }

        var kinds = new List<(string Name, Func<MoneyRow, MoneySum> Sum)>
        {
            ("Read", row => row.Read()), ("Sent", row => row.Sent), ("Rejected", row => row.DeadLettered), ("Skipped", row => row.Skipped),
        };
        if (_records.Returned > 0)
        {
            kinds.Add(("Left", row => row.Returned));
        }

        _html.Add($"<section>\n<h2>Money</h2>\n<table>\n<caption>Gross <code>value</code> and, below it, net <code>revenue</code> of the events.</caption>\n<thead><tr><th scope=\"col\">Event</th>");
        kinds.ForEach(kind => _html.Add($"<th scope=\"col\" class=\"n\">{kind.Name}</th>"));
        _html.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in totals.Money.OrderByDescending(row => row.Read().Events).Take(MostRows))
        {
            var digits = row.Key.Digits;
            _html.Add($"<tr><th scope=\"row\">{row.Event} {(row.Currency.Length > 0 ? row.Currency : "without currency")}</th>");
            kinds.ForEach(kind => _html.Add($"<td class=\"n\" data-label=\"{kind.Name}\">{Amount(kind.Sum(row), sum => sum.Value, sum => sum.WithoutValue)}</td>"));
            _html.Add($"</tr>\n");
            if (row.Read() is var read && read.WithoutRevenue < read.Events)
            {
                _html.Add($"<tr class=\"net\"><th scope=\"row\">net</th>");
                kinds.ForEach(kind => _html.Add($"<td class=\"n\" data-label=\"{kind.Name}\">{Amount(kind.Sum(row), sum => sum.Revenue, sum => sum.WithoutRevenue)}</td>"));
                _html.Add($"</tr>\n");
            }

            string Amount(MoneySum sum, Func<MoneySum, Int128> amount, Func<MoneySum, long> without) =>
                sum.Events == without(sum) ? "–" : Words.Amount(ExactAmount.Text(amount(sum), digits));
        }

        _html.Add($"</tbody>\n</table>\n");
        WriteWhatIsNotCounted();
        _html.Add($"</section>\n");
    }

    private void WriteWhatIsNotCounted()
    {
        if (totals.Money.Count > MostRows)
        {
            _html.Add($"<p class=\"soft small\">{totals.Money.Count - MostRows} further rows are in report.json.</p>\n");
        }

        var without = totals.WithoutAmount;
        (string Name, long Count)[] parts =
            [("sent", without.Sent), ("rejected", without.DeadLettered), ("skipped", without.Skipped), ("left", without.Returned)];
        if (without.Tally.Total > 0)
        {
            var told = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{Words.Number(part.Count)} {part.Name}"));
            _html.Add($"<p class=\"soft small\">Not in these sums: {Words.Count(without.Tally.Total, "record")} without an amount to count ({told}). What was skipped or could not be read came to no event, so nobody knows its money.</p>\n");
        }
    }

    private void WriteReasons(string title, string tone, IReadOnlyList<ErrorKind> kinds, SortedDictionary<string, long> records)
    {
        if (kinds.Count == 0)
        {
            return;
        }

        _html.Add($"<section class=\"{tone}\">\n<h2>{title}</h2>\n");
        foreach (var reason in kinds.GroupBy(kind => kind.Key.Code).OrderByDescending(reason => records.GetValueOrDefault(reason.Key)))
        {
            var words = ReasonWords.Of(reason.Key);
            var isRest = reason.Key == KindKey.Other;
            _html.Add($"<div class=\"reason\">\n<h3><span class=\"count\">{(isRest ? reason.Sum(kind => kind.Count) : records.GetValueOrDefault(reason.Key))}</span> <span>{(isRest ? "Further kinds" : words.Meaning)}</span></h3>\n");
            if (!isRest)
            {
                _html.Add($"<p class=\"soft\">{words.Advice} <code>{reason.Key}</code></p>\n");
            }

            WriteKinds([.. reason]);
            _html.Add($"</div>\n");
        }

        _html.Add($"</section>\n");
    }

    private void WriteKinds(List<ErrorKind> kinds)
    {
        WriteList(kinds.Take(OpenKinds));
        if (kinds.Count > OpenKinds)
        {
            _html.Add($"<details><summary>{Words.Count(kinds.Count - OpenKinds, "more kind")}</summary>\n");
            WriteList(kinds.Skip(OpenKinds));
            _html.Add($"</details>\n");
        }
    }

    private void WriteList(IEnumerable<ErrorKind> kinds)
    {
        _html.Add($"<ul class=\"kinds\">\n");
        foreach (var kind in kinds)
        {
            if (_html.Length > Full)
            {
                _html.Add($"<li>The others are in <code>report.json</code>.</li>\n");
                break;
            }

            WriteKind(kind);
        }

        _html.Add($"</ul>\n");
    }

    private void WriteKind(ErrorKind kind)
    {
        _html.Add($"<li><p>{Words.Sentence(kind.Detail, LongestDetail)}");
        foreach (var code in new[] { kind.Key.Property, kind.Key.Rule, kind.Key.Status is { } status ? FormattableString.Invariant($"HTTP {status}") : null }.OfType<string>())
        {
            _html.Add($" <code>{code}</code>");
        }

        _html.Add($"</p>\n");
        if (kind.Lines.Count > 0)
        {
            _html.Add($"<p class=\"small\"><span class=\"soft\">{Words.Count(kind.Count, "record")}, {(kind.Count == 1 ? "line" : "lines")}</span> {Lines(kind, MostLines)}</p>\n");
        }

        if (kind.Examples.Count > 0 && kind.Detail.Contains('…', StringComparison.Ordinal))
        {
            _html.Add($"<ul class=\"examples small soft\">\n");
            foreach (var example in kind.Examples.Take(MostExamples))
            {
                _html.Add($"<li>{PlainText.Of(example, LongestDetail)}</li>\n");
            }

            _html.Add($"</ul>\n");
        }

        _html.Add($"</li>\n");
    }

    /// <summary>The first of them, with neighbours drawn together; a run of lines counts as one.</summary>
    private static string Lines(ErrorKind kind, int most)
    {
        var runs = new List<(long First, long Last)>();
        var told = 0L;
        foreach (var line in kind.Lines)
        {
            if (runs.Count > 0 && (runs[^1].Last == line || runs[^1].Last + 1 == line))
            {
                runs[^1] = (runs[^1].First, line);
            }
            else if (runs.Count == most)
            {
                break;
            }
            else
            {
                runs.Add((line, line));
            }

            told++;
        }

        var text = string.Join(", ", runs.Select(run => run.First == run.Last
            ? FormattableString.Invariant($"{run.First}") : FormattableString.Invariant($"{run.First}–{run.Last}")));
        return kind.Count > told ? $"{text} and {Words.Number(kind.Count - told)} more" : text;
    }

    private void WriteSkipped()
    {
        var kinds = totals.Kinds(KindList.Skipped);
        if (kinds.Count == 0)
        {
            return;
        }

        _html.Add($"<section>\n<h2>Skipped by rule</h2>\n<table class=\"list\">\n<caption>Nothing is wrong with these: a rule says that they are not sent.</caption>\n<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\" class=\"n\">Records</th><th scope=\"col\">Lines</th></tr></thead>\n<tbody>\n");
        foreach (var kind in kinds.Take(MostRows))
        {
            _html.Add($"<tr><th scope=\"row\"><code>{kind.Key.Code}</code><span class=\"soft small\">{ReasonWords.Of(kind.Key.Code).Meaning}</span></th><td class=\"n\" data-label=\"Records\">{kind.Count}</td><td class=\"small\" data-label=\"Lines\"><span>{Lines(kind, MostLinesOfRow)}</span></td></tr>\n");
        }

        _html.Add($"</tbody>\n</table>\n</section>\n");
    }

    private void WriteWarnings()
    {
        var kinds = totals.Kinds(KindList.Warned);
        if (kinds.Count == 0)
        {
            return;
        }

        _html.Add($"<section>\n<h2>Warnings</h2>\n<table class=\"list\">\n<caption>These were sent all the same.</caption>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\" class=\"n\">Records</th><th scope=\"col\">Lines</th></tr></thead>\n<tbody>\n");
        foreach (var kind in kinds.Take(MostRows))
        {
            _html.Add($"<tr><td><span>{Words.Sentence(kind.Detail, LongestDetail)} <code>{kind.Key.Code}</code> ");
            if (kind.Key.Property is { } property)
            {
                _html.Add($"<code>{property}</code>");
            }

            _html.Add($"</span></td><td class=\"n\" data-label=\"Records\">{kind.Count}</td><td class=\"small\" data-label=\"Lines\"><span>{Lines(kind, MostLinesOfRow)}</span></td></tr>\n");
        }

        _html.Add($"</tbody>\n</table>\n</section>\n");
    }

    private void WriteFacts()
    {
        _html.Add($"<section>\n<h2>This file</h2>\n<dl class=\"facts\">\n");
        Fact("Name", facts.Name);
        Fact("Size", Words.Bytes(facts.Bytes));
        Fact("Read as", facts.Layout is { } layout ? ReadAs(layout) : null);
        Fact("Profile", facts.Layout?.Profile is { } profile ? $"{profile.Name}, chosen by {profile.By.Name()}{(facts.ProfileVersion is { } version ? $", version {version}" : "")}" : Profiles());
        Fact("Destination", facts.Destination);
        Fact("Started", Words.Time(facts.StartedAt));
        Fact("Ended", facts.Verdict == FileVerdict.Waiting ? null : Words.Time(facts.EndedAt));
        Fact("Requests", facts.Requests == 0 ? "none" : $"{Words.Number(facts.Requests)}, of which {Words.Count(facts.Batches, "batch")} with {Words.Bytes(facts.BytesSent)} accepted");
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

    private string? Profiles() => totals.Profiles.Count == 0 ? null : string.Join(
        ", ", totals.Profiles.OrderByDescending(profile => profile.Value).Take(MostLinesOfRow).Select(profile => $"{profile.Key} ({Words.Count(profile.Value, "record")})"));

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

    private void WriteFooter() => _html.Add($"""
        <footer>
        <p>“Sent” means that CAX took the event over (HTTP 2xx). CAX judges events afterwards. Lines are counted from 1 in the unpacked file, with its header and the line breaks inside of quotes. Further line numbers, hashed ids and all figures for programs are in <code>report.json</code> beside this page.</p>
        </footer>

        """);
}

namespace Cax.Core.Reports.Files;

/// <summary>What the page of a report tells of records that were not sent, and of those that were sent with a warning.</summary>
internal sealed class PageOfErrors(Html html, ReportTotals totals)
{
    private const int MostLines = 50;
    private const int MostLinesOfRow = 12;
    private const int MostRows = 50;
    private const int MostExamples = 2;

    /// <summary>How many kinds of a reason are seen at once; the others unfold.</summary>
    private const int OpenKinds = 5;

    /// <summary>Of a detail or example. In characters.</summary>
    private const int LongestDetail = 300;

    /// <summary>Of the page, from where on no more kinds are listed. In characters, of which each has at most three bytes.</summary>
    private const int Full = 200_000;

    public void WriteRejected() => WriteReasons("Why records were rejected", "bad", totals.Kinds(KindList.Rejected), totals.Rejected);

    public void WriteOthers()
    {
        WriteReasons("Left for the next run", "info", totals.Kinds(KindList.Returned), totals.Returned);
        WriteTable("Skipped by rule", "Nothing is wrong with these: a rule says that they are not sent.", "Rule", totals.Kinds(KindList.Skipped), WriteRule);
        WriteTable("Warnings", "These were sent all the same.", "What", totals.Kinds(KindList.Warned), WriteWarning);
    }

    private void WriteReasons(string title, string tone, IReadOnlyList<ErrorKind> kinds, SortedDictionary<string, long> records)
    {
        if (kinds.Count == 0)
        {
            return;
        }

        html.Add($"<section class=\"{tone}\">\n<h2>{title}</h2>\n");
        foreach (var reason in kinds.GroupBy(kind => kind.Key.Code).OrderByDescending(reason => records.GetValueOrDefault(reason.Key)))
        {
            var isRest = reason.Key == KindKey.Other;
            var words = ReasonWords.Of(reason.Key);
            var count = isRest ? reason.Sum(kind => kind.Count) : records.GetValueOrDefault(reason.Key);
            html.Add($"""
                <div class="reason">
                <h3><span class="count">{count}</span> <span>{(isRest ? "Further kinds" : words.Meaning)}</span></h3>

                """);
            if (!isRest)
            {
                html.Add($"<p class=\"soft\">{words.Advice} <code>{reason.Key}</code></p>\n");
            }

            WriteKinds([.. reason]);
            html.Add($"</div>\n");
        }

        html.Add($"</section>\n");
    }

    private void WriteKinds(List<ErrorKind> kinds)
    {
        WriteList(kinds.Take(OpenKinds));
        if (kinds.Count > OpenKinds)
        {
            html.Add($"<details><summary>{Words.Count(kinds.Count - OpenKinds, "more kind")}</summary>\n");
            WriteList(kinds.Skip(OpenKinds));
            html.Add($"</details>\n");
        }
    }

    private void WriteList(IEnumerable<ErrorKind> kinds)
    {
        html.Add($"<ul class=\"kinds\">\n");
        foreach (var kind in kinds)
        {
            if (html.Length > Full)
            {
                html.Add($"<li>The others are in <code>report.json</code>.</li>\n");
                break;
            }

            WriteKind(kind);
        }

        html.Add($"</ul>\n");
    }

    private void WriteKind(ErrorKind kind)
    {
        var status = kind.Key.Status is { } code ? FormattableString.Invariant($"HTTP {code}") : null;
        html.Add($"<li><p>{Words.Sentence(kind.Detail, LongestDetail)}");
        foreach (var place in new[] { kind.Key.Property, kind.Key.Rule, status }.OfType<string>())
        {
            html.Add($" <code>{place}</code>");
        }

        html.Add($"</p>\n");
        if (kind.Lines.Count > 0)
        {
            var lines = kind.Count == 1 ? "line" : "lines";
            html.Add($"<p class=\"small\"><span class=\"soft\">{Words.Count(kind.Count, "record")}, {lines}</span> {Lines(kind, MostLines)}</p>\n");
        }

        if (kind.Examples.Count > 0 && kind.Detail.Contains('…', StringComparison.Ordinal))
        {
            html.Add($"<ul class=\"examples small soft\">\n");
            foreach (var example in kind.Examples.Take(MostExamples))
            {
                html.Add($"<li>{PlainText.Of(example, LongestDetail)}</li>\n");
            }

            html.Add($"</ul>\n");
        }

        html.Add($"</li>\n");
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

    private void WriteTable(string title, string caption, string first, IReadOnlyList<ErrorKind> kinds, Action<ErrorKind> write)
    {
        if (kinds.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section>
            <h2>{title}</h2>
            <table class="list">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{first}</th><th scope="col" class="n">Records</th><th scope="col">Lines</th></tr></thead>
            <tbody>

            """);
        foreach (var kind in kinds.Take(MostRows))
        {
            html.Add($"<tr>");
            write(kind);
            html.Add($"""
                <td class="n" data-label="Records">{kind.Count}</td><td class="small" data-label="Lines"><span>{Lines(kind, MostLinesOfRow)}</span></td></tr>

                """);
        }

        html.Add($"</tbody>\n</table>\n</section>\n");
    }

    private void WriteRule(ErrorKind kind) =>
        html.Add($"<th scope=\"row\"><code>{kind.Key.Code}</code><span class=\"soft small\">{ReasonWords.Of(kind.Key.Code).Meaning}</span></th>");

    private void WriteWarning(ErrorKind kind)
    {
        html.Add($"<td><span>{Words.Sentence(kind.Detail, LongestDetail)} <code>{kind.Key.Code}</code>");
        if (kind.Key.Property is { } property)
        {
            html.Add($" <code>{property}</code>");
        }

        html.Add($"</span></td>");
    }
}

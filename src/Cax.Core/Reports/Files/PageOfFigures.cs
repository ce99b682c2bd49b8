namespace Cax.Core.Reports.Files;

/// <summary>The figures on the page of a report: how many records came to what, and how much money.</summary>
internal sealed class PageOfFigures(Html html, ReportTotals totals)
{
    private const int MostRows = 50;

    private readonly Tally _records = totals.Records.Tally;

    public void Write()
    {
        WriteRecords();
        if (totals.Money.Count > 0)
        {
            WriteMoney();
        }
    }

    private void WriteRecords()
    {
        var parts = new List<(string Name, string Tone, long Count)>
        {
            ("Sent", "good", _records.Sent),
            ("Rejected", "bad", _records.DeadLettered),
            ("Skipped by rule", "rest", _records.Skipped),
        };
        if (_records.Returned > 0)
        {
            parts.Add(("Left for later", "info", _records.Returned));
        }

        var inWords = string.Join(", ", parts.Select(part => $"{part.Name}: {Words.Number(part.Count)}"));
        html.Add($"""
            <section>
            <h2>Records</h2>
            <svg class="bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="{inWords}">
            """);
        WriteBar([.. parts.Where(part => part.Count > 0)]);
        html.Add($"""
            </svg>
            <dl class="tiles">
            <div><dt>Read</dt><dd>{_records.Total}<small>{Words.Count(totals.Events.Tally.Total, "event")}</small></dd></div>

            """);
        foreach (var (name, tone, count) in parts)
        {
            html.Add($"<div class=\"{tone}\"><dt>{name}</dt><dd>{count}<small>{Words.Share(count, _records.Total)}</small></dd></div>\n");
        }

        html.Add($"</dl>\n</section>\n");
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
            var width = widths[i] * scale;
            html.Add($"<rect class=\"{parts[i].Tone}\" x=\"{Pixels(at)}\" y=\"0\" width=\"{Pixels(width)}\" height=\"24\"/>");
            at += width;
        }

        static string Pixels(double length) => FormattableString.Invariant($"{length:0.##}");
    }

    private void WriteMoney()
    {
        var columns = new List<(string Name, Func<MoneyRow, MoneySum> Sum)>
        {
            ("Read", row => row.Read()), ("Sent", row => row.Sent), ("Rejected", row => row.DeadLettered), ("Skipped", row => row.Skipped),
        };
        if (_records.Returned > 0)
        {
            columns.Add(("Left", row => row.Returned));
        }

        html.Add($"""
            <section>
            <h2>Money</h2>
            <table>
            <caption>Gross <code>value</code> and, below it, net <code>revenue</code> of the events.</caption>
            <thead><tr><th scope="col">Event</th>
            """);
        columns.ForEach(column => html.Add($"<th scope=\"col\" class=\"n\">{column.Name}</th>"));
        html.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in totals.Money.OrderByDescending(row => row.Read().Events).Take(MostRows))
        {
            html.Add($"<tr><th scope=\"row\">{row.Event} {(row.Currency.Length > 0 ? row.Currency : "without currency")}</th>");
            columns.ForEach(column => WriteAmount(row, column, sum => (sum.Value, sum.WithoutValue)));
            html.Add($"</tr>\n");
            if (row.Read() is var read && read.WithoutRevenue < read.Events)
            {
                html.Add($"<tr class=\"net\"><th scope=\"row\">net</th>");
                columns.ForEach(column => WriteAmount(row, column, sum => (sum.Revenue, sum.WithoutRevenue)));
                html.Add($"</tr>\n");
            }
        }

        html.Add($"</tbody>\n</table>\n");
        WriteWhatIsNotCounted();
        html.Add($"</section>\n");
    }

    private void WriteAmount(MoneyRow row, (string Name, Func<MoneyRow, MoneySum> Sum) column, Func<MoneySum, (Int128 Amount, long Without)> part)
    {
        var sum = column.Sum(row);
        var (amount, without) = part(sum);
        var text = sum.Events == without ? "–" : Words.Amount(ExactAmount.Text(amount, row.Key.Digits));
        html.Add($"<td class=\"n\" data-label=\"{column.Name}\">{text}</td>");
    }

    private void WriteWhatIsNotCounted()
    {
        if (totals.Money.Count > MostRows)
        {
            html.Add($"<p class=\"soft small\">{totals.Money.Count - MostRows} further rows are in report.json.</p>\n");
        }

        var without = totals.WithoutAmount;
        (string Name, long Count)[] parts =
            [("sent", without.Sent), ("rejected", without.DeadLettered), ("skipped", without.Skipped), ("left", without.Returned)];
        if (without.Tally.Total > 0)
        {
            var told = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{Words.Number(part.Count)} {part.Name}"));
            html.Add($"""
                <p class="soft small">Not in these sums: {Words.Count(without.Tally.Total, "record")} without an amount to count ({told}). What was skipped
                or could not be read came to no event, so nobody knows its money.</p>

                """);
        }
    }
}

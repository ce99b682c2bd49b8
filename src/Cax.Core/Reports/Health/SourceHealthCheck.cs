using Cax.Core.Delivery;

namespace Cax.Core.Reports.Health;

/// <summary>
/// Compares what the connector sent with what CAX collected and accepted, the only public way to learn what became of events behind their 200
/// (CAX reference 8.4). Meant to be asked every quarter of an hour, by one process at a time.
/// </summary>
/// <remarks>
/// A quarter hour is final when it has been over for 30 minutes, by when every process has written its counts, and when two checks found the same
/// counts of CAX. The last 24 hours of final quarters are compared; the first quarter that is not final ends them.
/// </remarks>
/// <param name="options">Token and address of the Config API.</param>
/// <param name="destinations">What is checked.</param>
/// <param name="store">What was sent.</param>
/// <param name="http">How the Config API is reached; null for a connection of our own.</param>
/// <param name="time">The clock.</param>
public sealed class SourceHealthCheck(
    ConfigApiOptions options, IReadOnlyCollection<Destination> destinations, ISentCountsStore store, HttpMessageHandler? http, TimeProvider time)
{
    private const int QuartersAtOnce = 8;

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Compared = TimeSpan.FromHours(24);

    /// <summary>One report for each destination. Never throws for what the Config API or the storage does.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async Task<IReadOnlyList<SourceHealthReport>> CheckAsync(CancellationToken cancellation)
    {
        if (options.Token is null)
        {
            return [.. destinations.Select(destination => new SourceHealthReport(
                destination.Name, SourceHealthState.NotChecked, "no Config API token is set (Cax__ConfigApi__Token), so nobody can tell"))];
        }

        var now = time.GetUtcNow();
        var until = QuarterHour.Of(now - Settled);
        using var invoker = new HttpMessageInvoker(http ?? OutgoingHttp.CreateHandler(), disposeHandler: http is null);
        var api = new ConfigApi(options, invoker, time);
        try
        {
            // A quarter more than is compared, for what was sent at the edge.
            var sent = await ReadSentAsync(new Period(until - Compared - QuarterHour.Length, QuarterHour.Of(now) + QuarterHour.Length), cancellation);
            var reports = new List<SourceHealthReport>();
            foreach (var destination in destinations)
            {
                reports.Add(await CheckAsync(destination, api, sent.Processes, until, now, cancellation) with { Unreadable = sent.Unreadable });
            }

            return reports;
        }
        catch (IOException e)
        {
            return [.. destinations.Select(destination => new SourceHealthReport(
                destination.Name, SourceHealthState.Unanswered, $"the counts of what was sent cannot be read or written ({e.Message})"))];
        }
    }

    private async Task<SourceHealthReport> CheckAsync(
        Destination destination, ConfigApi api, IReadOnlyList<SentQuarter> processes, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellation)
    {
        var sources = await api.FindSourcesAsync(destination, cancellation);
        var verdict = SourceCheck.Judge(sources, destination.SiteId);
        if (verdict.Standing != SourceStanding.Active)
        {
            return new SourceHealthReport(
                destination.Name, verdict.LosesEvents ? SourceHealthState.KeyLosesEvents : SourceHealthState.Unanswered, verdict.Detail);
        }

        var source = SourceCheck.ActiveOf(sources.Value!)!.Id;
        if (source.Length == 0)
        {
            return new SourceHealthReport(destination.Name, SourceHealthState.Unanswered, "the Config API gives the source no id, so its counts cannot be asked for");
        }

        var quality = await api.ReadQualityAsync(destination, source, cancellation);
        if (quality.Value is null)
        {
            return new SourceHealthReport(
                destination.Name, SourceHealthState.Unanswered, $"the Config API does not tell what source {source} collected ({quality.Detail})");
        }

        // CAX counts by source: destinations that share one are one to it.
        var sent = SentBook.Of([.. destinations.Where(other => other.SiteId == destination.SiteId && other.Key.Equals(destination.Key))], processes);
        var kept = new Period(until - Compared, QuarterHour.Of(now) + QuarterHour.Length);
        var last = await store.ReadLookAsync(destination.Name, cancellation);
        var look = SourceLook.Next(last, destination.Name, source, quality.Value, sent.Names, kept, now);
        await store.WriteLookAsync(look, cancellation);

        var period = FinalPeriod(new Period(until - Compared, until), sent, last, look);
        return period.IsEmpty
            ? new SourceHealthReport(destination.Name, SourceHealthState.NothingFinal, "nothing was sent yet whose counts are final on both sides")
            : Comparison.Compare(destination.Name, sent, look, NamesWithin(quality.Value, period), period);
    }

    /// <summary>Begins with the first quarter hour in which anything was sent: what CAX collected before is not ours.</summary>
    private static Period FinalPeriod(Period widest, SentBook sent, SourceLook? last, SourceLook look)
    {
        if (last is null || sent.FirstFrom(look.Since > widest.From ? look.Since.Value : widest.From) is not { } first)
        {
            return default;
        }

        var period = widest with { From = first };
        return period with { Until = first + (QuarterHour.Length * period.Quarters.TakeWhile(quarter => last.IsConfirmedBy(look, quarter)).Count()) };
    }

    private static IEnumerable<string> NamesWithin(SourceQuality quality, Period period) =>
        quality.Names.Where(name => period.Quarters.Any(quarter => quality.Of(name, quarter).Collected > 0));

    private async ValueTask<SentOfAll> ReadSentAsync(Period period, CancellationToken cancellation)
    {
        var quarters = period.Quarters.ToArray();
        var read = new SentOfAll[quarters.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, quarters.Length),
            new ParallelOptions { MaxDegreeOfParallelism = QuartersAtOnce, CancellationToken = cancellation },
            async (i, token) => read[i] = await store.ReadAsync(quarters[i], token));
        return new SentOfAll([.. read.SelectMany(sent => sent.Processes)], [.. read.SelectMany(sent => sent.Unreadable)]);
    }
}

using Cax.Core.Sources;

namespace Cax.Core.Reports.Files;

/// <summary>The part that one block of a file has in its report: what became of its records, by kind, with line numbers and money.</summary>
/// <remarks>Safe to use from several threads. What it writes does not depend on the order in which records were finished.</remarks>
/// <param name="ids">Hashes the ids of orders and leads: a report holds none in clear.</param>
internal sealed class BlockReport(HashedIds ids)
{
    private readonly Lock _lock = new();
    private readonly ReportPart _part = new() { Version = ReportPart.CurrentVersion };
    private readonly SortedDictionary<MoneyKey, MoneyRow> _money = [];
    private readonly Dictionary<KindKey, List<ErrorPlace>> _kinds = [];

    /// <summary>Counts a record that has its outcome.</summary>
    public void Add(FinishedRecord finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        var told = IsPlainlySent(finished) ? [] : ErrorPlace.Of(finished, one => one.Facts.BusinessId is { } id ? ids.Of(id) : null);
        lock (_lock)
        {
            Count(finished);
            AddUp(finished);
            foreach (var (kind, place) in told)
            {
                if (!_kinds.TryGetValue(kind, out var places))
                {
                    _kinds.Add(kind, places = []);
                }

                places.Add(place);
            }
        }
    }

    /// <summary>The part as JSON, in UTF-8.</summary>
    public byte[] Write()
    {
        lock (_lock)
        {
            _part.Money = [.. _money.Values];
            _part.Kinds = [.. _kinds.Select(kind => ErrorKind.Of(kind.Key, kind.Value)).OrderBy(kind => kind.First).ThenBy(kind => kind.Key)];
            return _part.Write();
        }
    }

    /// <summary>As almost all records are.</summary>
    private static bool IsPlainlySent(FinishedRecord finished)
    {
        foreach (var finishedEvent in finished.Events)
        {
            if (finishedEvent is not { Outcome.Kind: OutcomeKind.Sent, Findings.Count: 0 })
            {
                return false;
            }
        }

        return finished.Outcome.Kind == OutcomeKind.Sent;
    }

    private void Count(FinishedRecord finished)
    {
        var outcome = finished.Outcome;
        _part.Records.Add(outcome.Kind);
        foreach (var finishedEvent in finished.Events)
        {
            _part.Events.Add(finishedEvent.Outcome.Kind);
        }

        if (_part.Reasons(outcome.Kind) is { } reasons)
        {
            var reason = outcome.Reason ?? KindKey.Other;
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }

        if (finished.Profile is { } profile)
        {
            _part.Profiles[profile.Name] = _part.Profiles.GetValueOrDefault(profile.Name) + 1;
        }

        if (outcome.Kind == OutcomeKind.DeadLettered && !RepairPiece.CanHold(finished.Record))
        {
            _part.NotInRepair++;
        }
    }

    private void AddUp(FinishedRecord finished)
    {
        var hasAmount = false;
        foreach (var one in finished.Events)
        {
            var value = Units(one.Facts.Value);
            var revenue = Units(one.Facts.Revenue);
            if (value is null && revenue is null)
            {
                continue;
            }

            hasAmount = true;
            var key = MoneyKey.Of(one.Event.Name, one.Facts.Currency);
            if (!_money.TryGetValue(key, out var row))
            {
                _money.Add(key, row = new MoneyRow { Event = key.Event, Currency = key.Currency });
            }

            row.Of(one.Outcome.Kind).Add(value, revenue);
        }

        if (!hasAmount)
        {
            _part.WithoutAmount.Add(finished.Outcome.Kind);
        }
    }

    private static Int128? Units(decimal? amount) => amount is { } given && ExactAmount.TryRead(given, out var units) ? units : null;
}

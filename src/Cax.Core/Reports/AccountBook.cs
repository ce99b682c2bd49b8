using Cax.Core.Batching;
using Cax.Core.Events;
using Cax.Core.Mapping;

namespace Cax.Core.Reports;

/// <summary>Keeps the accounts of a run while it goes on. Safe to use from several threads.</summary>
internal sealed class AccountBook
{
    private readonly Lock _lock = new();
    private readonly Counts _records = new();
    private readonly Counts _events = new();
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _warnings = new(StringComparer.Ordinal);
    private readonly Dictionary<ProfileChoice, long> _profiles = [];
    private long _requests;
    private long _batches;
    private long _bytes;
    private double _fill;
    private long _settlementFailures;

    public void Read()
    {
        lock (_lock)
        {
            _records.Total++;
        }
    }

    public void Mapped()
    {
        lock (_lock)
        {
            _events.Total++;
        }
    }

    public void Warned(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var finding in findings)
            {
                if (finding.Severity == Severity.Warning)
                {
                    _warnings[finding.Code] = _warnings.GetValueOrDefault(finding.Code) + 1;
                }
            }
        }
    }

    public void Requested()
    {
        lock (_lock)
        {
            _requests++;
        }
    }

    public void Accepted(EventBatch batch, BatchLimits limits)
    {
        lock (_lock)
        {
            _batches++;
            _bytes += batch.Bytes;
            _fill += Math.Max((double)batch.Bytes / limits.MaxBytes, (double)batch.Events.Count / limits.MaxEvents);
        }
    }

    public void EventDone(Outcome outcome)
    {
        lock (_lock)
        {
            _events.Add(outcome.Kind);
        }
    }

    public void RecordDone(Outcome outcome, ProfileChoice? profile)
    {
        lock (_lock)
        {
            _records.Add(outcome.Kind);
            if (profile is not null)
            {
                _profiles[profile] = _profiles.GetValueOrDefault(profile) + 1;
            }

            if (outcome.Reason is { } reason)
            {
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            }
        }
    }

    public void SettlementFailed()
    {
        lock (_lock)
        {
            _settlementFailures++;
        }
    }

    public Accounts Snapshot()
    {
        lock (_lock)
        {
            return new Accounts
            {
                Records = _records.ToTally(),
                Events = _events.ToTally(),
                Requests = _requests,
                Batches = _batches,
                Bytes = _bytes,
                BatchFill = _batches == 0 ? 0 : Math.Round(_fill / _batches, 4),
                Reasons = new SortedDictionary<string, long>(_reasons, StringComparer.Ordinal),
                Warnings = new SortedDictionary<string, long>(_warnings, StringComparer.Ordinal),
                Profiles = new Dictionary<ProfileChoice, long>(
                    _profiles.OrderBy(profile => profile.Key.Name, StringComparer.Ordinal).ThenBy(profile => profile.Key.By)),
                SettlementFailures = _settlementFailures,
            };
        }
    }

    private sealed class Counts
    {
        private readonly long[] _byKind = new long[4];

        public long Total { get; set; }

        public void Add(OutcomeKind kind) => _byKind[(int)kind]++;

        public Tally ToTally() => new(
            Total,
            _byKind[(int)OutcomeKind.Sent],
            _byKind[(int)OutcomeKind.DeadLettered],
            _byKind[(int)OutcomeKind.Skipped],
            _byKind[(int)OutcomeKind.Returned]);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cax.Core.Duplicates;

/// <summary>
/// Remembers event ids: those on their way, and the last ones that were sent (or, within their run, parked). A second event with the
/// same id shares the fate of the first.
/// </summary>
/// <remarks>One instance lives as long as its process. Safe to use from several threads.</remarks>
public sealed class EventMemory(DuplicateOptions options)
{
    private const int Few = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<EventKey, UnderWay> _underWay = [];

    // Values, not objects: what lives for a hundred thousand events and then dies would leave its garbage in the oldest generation.
    private readonly Dictionary<EventKey, Done> _done = [];
    private readonly Queue<(EventKey Key, long Number)> _order = new();
    private long _number;
    private long _runs;

    /// <summary>What the receipts tell of earlier runs of whatever process; null when nobody wants to know.</summary>
    internal EarlierRuns? EarlierRuns { get; init; }

    /// <summary>Begins a run; what was sent in earlier runs is then <c>already_sent</c> rather than <c>duplicate</c>.</summary>
    internal long BeginRun() => Interlocked.Increment(ref _runs);

    /// <summary>Says what happens to an event that is about to be packed.</summary>
    internal Admission Admit(PendingEvent pending, long run, RunOptions differences)
    {
        if (pending.Event.Id.Length == 0)
        {
            // Without an id it cannot be sent, nor be the duplicate of anything.
            return new Admission(AdmissionKind.Admitted);
        }

        var fingerprint = Fingerprint(pending.Event.Utf8.Span);

        // An event that cannot be sent stands in nobody's way; only a copy of it, byte for byte, shares its fate.
        var key = EventKey.Of(pending.Record.Delivery.DestinationKey, pending.Event.Id, pending.Refusal is null ? default : fingerprint);
        pending.Key = key;
        var ignoresProcess = differences.IgnoreEarlierRuns || differences.ForgetsProcess;
        var sentAt = EarlierRuns is null || differences.IgnoreEarlierRuns || pending.Refusal is not null ? 0
            : EarlierRuns.SentAt(key, (ulong)(fingerprint >> 64));
        lock (_lock)
        {
            if (_underWay.TryGetValue(key, out var first))
            {
                return Beside(first, pending, fingerprint, run);
            }

            if (_done.TryGetValue(key, out var done) && (done.Run == run || !(ignoresProcess || done.Parked)))
            {
                return After(done, pending, fingerprint, run, sentAt);
            }

            return sentAt > 0 ? new Admission(AdmissionKind.Skipped, Outcome.Skipped(ReasonCodes.AlreadySent)) : Begin(pending, fingerprint, run);
        }
    }

    private Admission Begin(PendingEvent pending, UInt128 fingerprint, long run)
    {
        _underWay[pending.Key] = new UnderWay(pending, fingerprint, run);
        return new Admission(AdmissionKind.Admitted);
    }

    /// <summary>The first with this id is on its way.</summary>
    private Admission Beside(UnderWay first, PendingEvent pending, UInt128 fingerprint, long run)
    {
        var same = first.Fingerprint == fingerprint;
        if (!same && (pending.Event.IdSupplied || first.Event.Event.IdSupplied))
        {
            return new Admission(AdmissionKind.Conflict);
        }

        if (!same && IsNewer(pending, first.Event.Event.Timestamp) && !first.Closed && first.Run == run)
        {
            _underWay[pending.Key] = new UnderWay(pending, fingerprint, run) { Waiting = first.Waiting };
            return new Admission(AdmissionKind.Replaces, Older: first.Event);
        }

        (first.Waiting ??= []).Add(pending);
        return new Admission(AdmissionKind.Waits);
    }

    /// <summary>One with this id has its outcome.</summary>
    private Admission After(Done done, PendingEvent pending, UInt128 fingerprint, long run, long sentAt)
    {
        var same = done.Fingerprint == fingerprint;
        if (!same && (pending.Event.IdSupplied || done.IdSupplied))
        {
            return new Admission(AdmissionKind.Conflict);
        }

        var newer = !same && IsNewer(pending, done.Timestamp);

        // Another process may have sent it after this one sent the version before.
        if (newer && sentAt <= done.ResolvedAt)
        {
            return Begin(pending, fingerprint, run);
        }

        return new Admission(AdmissionKind.Skipped, Outcome.Skipped(
            newer ? ReasonCodes.AlreadySent : !same ? ReasonCodes.Superseded : done.Run == run ? ReasonCodes.Duplicate : ReasonCodes.AlreadySent));
    }

    /// <summary>Of two that are told at the same time, the later delivered is the newer.</summary>
    private static bool IsNewer(PendingEvent pending, long timestamp) => pending.Event.Timestamp >= timestamp;

    /// <summary>The event is in a batch that is closed: from now on a newer version of it is sent after it, not in its place.</summary>
    internal void Closed(PendingEvent pending)
    {
        lock (_lock)
        {
            if (Find(pending) is { } entry)
            {
                entry.Closed = true;
            }
        }
    }

    /// <summary>The first event with an id has its outcome. Gives back those that waited for it.</summary>
    internal IReadOnlyList<PendingEvent> Resolved(PendingEvent pending, Outcome outcome)
    {
        lock (_lock)
        {
            if (Find(pending) is not { } entry)
            {
                return [];
            }

            _underWay.Remove(pending.Key);
            if (outcome.Kind is OutcomeKind.Sent or OutcomeKind.DeadLettered)
            {
                _done[pending.Key] = new Done(
                    entry.Fingerprint,
                    pending.Event.Timestamp,
                    entry.Run,
                    EarlierRuns?.Now ?? 0,
                    ++_number,
                    outcome.Kind == OutcomeKind.DeadLettered,
                    pending.Event.IdSupplied);
                _order.Enqueue((pending.Key, _number));
                if (_order.Count == Few)
                {
                    // Many will come: growing step by step would leave as much garbage as is kept.
                    _done.EnsureCapacity(options.Remember + 1);
                    _order.EnsureCapacity(options.Remember + 1);
                }

                Forget();
            }
            else
            {
                _done.Remove(pending.Key);
            }

            return entry.Waiting ?? (IReadOnlyList<PendingEvent>)[];
        }
    }

    private UnderWay? Find(PendingEvent pending) =>
        _underWay.TryGetValue(pending.Key, out var entry) && entry.Event == pending
            ? entry
            : null;

    private void Forget()
    {
        while (_order.Count > options.Remember)
        {
            var (key, number) = _order.Dequeue();
            if (_done.TryGetValue(key, out var current) && current.Number == number)
            {
                _done.Remove(key);
            }
        }
    }

    private static UInt128 Fingerprint(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>An event without an outcome, and those that wait for it.</summary>
    private sealed class UnderWay(PendingEvent @event, UInt128 fingerprint, long run)
    {
        public PendingEvent Event { get; } = @event;

        public UInt128 Fingerprint { get; } = fingerprint;

        public long Run { get; } = run;

        public bool Closed { get; set; }

        public List<PendingEvent>? Waiting { get; set; }
    }

    /// <summary>An event that was sent or parked.</summary>
    /// <param name="Fingerprint">Of its bytes.</param>
    /// <param name="Timestamp">When it happened.</param>
    /// <param name="Run">The run that sent or parked it.</param>
    /// <param name="ResolvedAt">When it had its outcome, in milliseconds since 1970 UTC; zero when nobody compares it with receipts.</param>
    /// <param name="Number">Counts those that had one.</param>
    /// <param name="Parked">Whether it was parked.</param>
    /// <param name="IdSupplied">Whether its sender chose the id.</param>
    private readonly record struct Done(UInt128 Fingerprint, long Timestamp, long Run, long ResolvedAt, long Number, bool Parked, bool IdSupplied);
}

/// <summary>What happens to an event that is about to be packed.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Outcome">The outcome of a skipped event.</param>
/// <param name="Older">The event whose place is taken.</param>
internal readonly record struct Admission(AdmissionKind Kind, Outcome? Outcome = null, PendingEvent? Older = null);

/// <summary>The decisions about an event that is about to be packed.</summary>
internal enum AdmissionKind
{
    /// <summary>It is the first with its id.</summary>
    Admitted,

    /// <summary>It is newer than one that is still in an open batch, and takes its place.</summary>
    Replaces,

    /// <summary>The first is on its way: wait for its outcome, then ask again.</summary>
    Waits,

    /// <summary>It needs not be sent.</summary>
    Skipped,

    /// <summary>The sender gave one id to two different events.</summary>
    Conflict,
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Duplicates;

/// <summary>
/// Remembers event ids: those on their way, and the last ones that were sent (or, within their run, parked). A second event with the
/// same id shares the fate of the first.
/// </summary>
/// <remarks>One instance lives as long as its process. Safe to use from several threads.</remarks>
public sealed class EventMemory(DuplicateOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EventKey, Entry> _entries = [];
    private readonly Queue<(EventKey Key, Entry Entry)> _done = new();
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
        var destination = pending.Record.Delivery.DestinationKey;
        var key = EventKey.Of(destination, pending.Event.Id, pending.Refusal is null ? default : fingerprint);
        pending.Key = key;
        var ignoresProcess = differences.IgnoreEarlierRuns || differences.ForgetsProcess;
        var sentAt = EarlierRuns is null || differences.IgnoreEarlierRuns || pending.Refusal is not null ? 0
            : EarlierRuns.SentAt(destination, pending.Event.Id, (ulong)(fingerprint >> 64));
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var known)
                || (known.First is null && known.Run != run && (ignoresProcess || known.Parked)))
            {
                if (sentAt > 0)
                {
                    return new Admission(AdmissionKind.Skipped, Outcome.Skipped(ReasonCodes.AlreadySent));
                }

                _entries[key] = new Entry(pending, fingerprint, run);
                return new Admission(AdmissionKind.Admitted);
            }

            var same = known.Fingerprint == fingerprint;
            if (!same && (pending.Event.IdSupplied || known.IdSupplied))
            {
                return new Admission(AdmissionKind.Conflict);
            }

            // Of two that are told at the same time, the later delivered is the newer.
            var newer = !same && pending.Event.Timestamp >= known.Timestamp;
            if (known.First is { } first)
            {
                if (newer && !known.Closed && known.Run == run)
                {
                    _entries[key] = new Entry(pending, fingerprint, run) { Waiting = known.Waiting };
                    return new Admission(AdmissionKind.Replaces, Older: first);
                }

                (known.Waiting ??= []).Add(pending);
                return new Admission(AdmissionKind.Waits);
            }

            // Another process may have sent it after this one sent the version before.
            if (newer && sentAt <= known.ResolvedAt)
            {
                _entries[key] = new Entry(pending, fingerprint, run);
                return new Admission(AdmissionKind.Admitted);
            }

            return new Admission(AdmissionKind.Skipped, Outcome.Skipped(
                newer ? ReasonCodes.AlreadySent : !same ? ReasonCodes.Superseded : known.Run == run ? ReasonCodes.Duplicate : ReasonCodes.AlreadySent));
        }
    }

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

            var waiting = entry.Waiting;
            var key = pending.Key;
            if (outcome.Kind is OutcomeKind.Sent or OutcomeKind.DeadLettered)
            {
                entry.Resolve(outcome.Kind == OutcomeKind.DeadLettered, EarlierRuns?.Now ?? 0);
                _done.Enqueue((key, entry));
                Forget();
            }
            else
            {
                _entries.Remove(key);
            }

            return waiting ?? (IReadOnlyList<PendingEvent>)[];
        }
    }

    private Entry? Find(PendingEvent pending) =>
        _entries.TryGetValue(pending.Key, out var entry) && entry.First == pending
            ? entry
            : null;

    private void Forget()
    {
        while (_done.Count > options.Remember)
        {
            var (key, entry) = _done.Dequeue();
            if (_entries.TryGetValue(key, out var current) && current == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    private static UInt128 Fingerprint(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private sealed class Entry(PendingEvent first, UInt128 fingerprint, long run)
    {
        /// <summary>The event that is on its way; null once it has an outcome.</summary>
        public PendingEvent? First { get; private set; } = first;

        public UInt128 Fingerprint { get; } = fingerprint;

        public long Timestamp { get; } = first.Event.Timestamp;

        public bool IdSupplied { get; } = first.Event.IdSupplied;

        public long Run { get; } = run;

        public bool Parked { get; private set; }

        /// <summary>When it had its outcome, in milliseconds since 1970 UTC; zero when nobody compares it with receipts.</summary>
        public long ResolvedAt { get; private set; }

        public bool Closed { get; set; }

        public List<PendingEvent>? Waiting { get; set; }

        public void Resolve(bool parked, long at)
        {
            ResolvedAt = at;
            First = null;
            Waiting = null;
            Parked = parked;
        }
    }
}

/// <summary>Under which an event is remembered: half of a SHA-256, because a hundred thousand texts of ids would take more memory than all else of a run.</summary>
internal readonly record struct EventKey(UInt128 Hash)
{
    private const int ContentBytes = 16;

    /// <param name="destination">The destination, in upper case.</param>
    /// <param name="id">The event id.</param>
    /// <param name="content">The fingerprint of an event that cannot be sent; zero for all others.</param>
    public static EventKey Of(string destination, string id, UInt128 content)
    {
        // Ids are short; one that somebody made long must not overflow the stack.
        var length = (3 * (destination.Length + id.Length)) + 1 + ContentBytes;
        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        var count = Encoding.UTF8.GetBytes(destination, bytes);
        bytes[count++] = 0x1F;
        count += Encoding.UTF8.GetBytes(id, bytes[count..]);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[count..], content);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..(count + ContentBytes)], hash);
        return new EventKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
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

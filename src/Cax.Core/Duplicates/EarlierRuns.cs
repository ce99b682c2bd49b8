using System.Globalization;
using Cax.Core.Reports.Receipts;
using Cax.Core.Telemetry;

namespace Cax.Core.Duplicates;

/// <summary>
/// Knows from the receipts which events were sent in the last days, whichever process sent them, and with what content: for exports that overlap. What was
/// sent last counts, so an order that goes back to what it was is sent again.
/// </summary>
/// <remarks>
/// At most two million events, in about 140 MB; the oldest are forgotten first. What this process writes is known at once, what others write within a
/// minute. Safe to use from several threads.
/// </remarks>
internal sealed class EarlierRuns
{
    private const int Most = 2_000_000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly ReceiptBook _book;
    private readonly int _days;
    private readonly TimeProvider _time;
    private readonly Action<Notice> _tell;
    private readonly int _most;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, SentEvent> _sent = [];
    private readonly Queue<(ulong Key, long At)> _order = new();
    private DateTimeOffset _nextLook;
    private Task _look = Task.CompletedTask;

    /// <param name="book">The receipts.</param>
    /// <param name="days">Over how many days.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Hears that receipts cannot be read.</param>
    /// <param name="most">How many events are known at the most.</param>
    public EarlierRuns(ReceiptBook book, int days, TimeProvider time, Action<Notice> tell, int most = Most)
    {
        _book = book;
        _days = days;
        _time = time;
        _tell = tell;
        _most = most;
        book.Written += Wrote;
        book.Forgotten += Forget;
    }

    /// <summary>Reads what other processes wrote since the last look. What cannot be read is told, and not known.</summary>
    public Task LookAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Several runs that begin at once wait for one look, and it is nobody's to cancel.
            if (_look.IsCompleted && _time.GetUtcNow() is var now && now >= _nextLook)
            {
                _nextLook = now + BetweenLooks;
                _look = Task.Run(() => ReadAsync(now), CancellationToken.None);
            }

            return _look.WaitAsync(cancellation);
        }
    }

    /// <summary>Milliseconds since 1970 UTC, as receipts have them.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>When the event of this id was sent, if that was in the last days, and last with this content; else zero.</summary>
    /// <param name="key">That of an event that can be sent.</param>
    /// <param name="content">The first bytes of its SHA-256, big endian.</param>
    public long SentAt(EventKey key, ulong content)
    {
        var since = Since.ToUnixTimeMilliseconds();
        lock (_lock)
        {
            return _sent.TryGetValue(Short(key), out var sent) && sent.Content == content && sent.At > since ? sent.At : 0;
        }
    }

    private DateTimeOffset Since => _time.GetUtcNow().AddDays(-_days);

    private async Task ReadAsync(DateTimeOffset now)
    {
        try
        {
            await ReadDaysAsync(now);
        }
        catch (IOException e)
        {
            _tell(new ReceiptsUnread(e.GetType().Name, e.Message));
        }
    }

    private async Task ReadDaysAsync(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(-_days);
        lock (_read)
        {
            _read.RemoveWhere(document => ReceiptBook.IsBefore(document, first));
        }

        // A file that is sent for days writes its receipts on the day on which it was begun.
        for (var day = first; day <= today; day = day.AddDays(1))
        {
            await foreach (var document in _book.DocumentsAsync(day, CancellationToken.None))
            {
                if (!IsRead(document))
                {
                    await foreach (var receipt in _book.ReadAsync(document, CancellationToken.None))
                    {
                        Add(receipt);
                    }

                    MarkRead(document);
                }
            }
        }
    }

    private void Wrote(string document, IReadOnlyList<Receipt> receipts)
    {
        foreach (var receipt in receipts)
        {
            Add(receipt);
        }

        MarkRead(document);
    }

    private bool IsRead(string document)
    {
        lock (_read)
        {
            return _read.Contains(document);
        }
    }

    private void MarkRead(string document)
    {
        lock (_read)
        {
            _read.Add(document);
        }
    }

    /// <summary>What a receipt tells, if it tells of something that was sent.</summary>
    internal void Add(Receipt? receipt)
    {
        if (receipt is not { Outcome: OutcomeKind.Sent, EventId: { } id } || ContentOf(receipt) is not { } content || receipt.At <= Since)
        {
            return;
        }

        var key = KeyOf(receipt.Destination, id);
        var at = receipt.At.ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (_sent.TryGetValue(key, out var known) && known.At > at)
            {
                return;
            }

            _sent[key] = new SentEvent(content, at);
            _order.Enqueue((key, at));
            while (_order.Count > _most)
            {
                var (oldest, then) = _order.Dequeue();
                if (_sent.TryGetValue(oldest, out var entry) && entry.At == then)
                {
                    _sent.Remove(oldest);
                }
            }
        }
    }

    private void Forget(IReadOnlyList<Receipt> receipts)
    {
        lock (_lock)
        {
            foreach (var receipt in receipts)
            {
                if (receipt is { Outcome: OutcomeKind.Sent, EventId: { } id }
                    && KeyOf(receipt.Destination, id) is var key
                    && _sent.TryGetValue(key, out var known) && known.At == receipt.At.ToUnixTimeMilliseconds())
                {
                    _sent.Remove(key);
                }
            }
        }
    }

    private static ulong? ContentOf(Receipt receipt) =>
        ulong.TryParse(receipt.Content, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var content) ? content : null;

    private static ulong KeyOf(string destination, string eventId) => Short(EventKey.Of(destination.ToUpperInvariant(), eventId, default));

    /// <summary>Half of a key tells two million events apart.</summary>
    private static ulong Short(EventKey key) => (ulong)key.Hash;

    /// <summary>What was sent last under an id.</summary>
    /// <param name="Content">As in <see cref="EarlierRuns.SentAt"/>.</param>
    /// <param name="At">In milliseconds since 1970 UTC.</param>
    private readonly record struct SentEvent(ulong Content, long At);
}

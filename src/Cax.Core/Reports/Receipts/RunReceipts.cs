using System.Globalization;
using Cax.Core.Sources;
using Cax.Core.Telemetry;

namespace Cax.Core.Reports.Receipts;

/// <summary>Collects the receipts of a run over deliveries that keep none themselves, such as messages, and writes them some thousand at a time.</summary>
/// <remarks>A store that cannot be written to costs receipts and nothing else: it is told, and then left alone for a while.</remarks>
internal sealed class RunReceipts(ReceiptBook book, PipelineSetup setup)
{
    private const int Most = 5_000;

    /// <summary>How long a store may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ReceiptSheet _sheet = book.Begin();

    /// <summary>What became of a record, from whatever thread.</summary>
    public void Add(SourceDelivery delivery, FinishedRecord record) => _sheet.Add(
        record, setup.Destination(delivery.Destination)?.Destination.Name ?? CaxTelemetry.UnknownDestination, delivery.Name);

    /// <summary>Writes what was collected, if it is a sheet full.</summary>
    public ValueTask WriteFullAsync() => _sheet.Count >= Most ? WriteAsync() : ValueTask.CompletedTask;

    /// <summary>The run is over: writes the rest, and deletes receipts that are too old.</summary>
    public async ValueTask EndAsync()
    {
        if (_sheet.Count > 0)
        {
            await WriteAsync();
            await GuardAsync(0, book.PruneAsync);
        }
    }

    private async ValueTask WriteAsync()
    {
        var sheet = _sheet.Take();
        var now = setup.Time.GetUtcNow().UtcDateTime;
        var name = string.Create(CultureInfo.InvariantCulture, $"run-{now:HHmmssfff}-{Guid.NewGuid().ToString("N").AsSpan(0, 8)}");
        await GuardAsync(sheet.Count, stop => book.WriteAsync(sheet, DateOnly.FromDateTime(now), name, stop));
    }

    private async ValueTask GuardAsync(int receipts, Func<CancellationToken, ValueTask> work)
    {
        if (book.IsLeftAlone)
        {
            return;
        }

        using var late = new CancellationTokenSource(Patience, setup.Time);
        try
        {
            await work(late.Token);
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && late.IsCancellationRequested))
        {
            book.LeaveAlone();
            setup.Telemetry.Tell(new ReceiptsFailed(receipts, e.GetType().Name, e is IOException ? e.Message : "the store did not answer in time"));
        }
    }
}

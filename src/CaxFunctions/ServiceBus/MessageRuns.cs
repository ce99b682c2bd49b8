using Azure.Messaging.ServiceBus;
using Cax.Core;
using Cax.Core.Reports;
using Cax.Core.Telemetry;
using CaxFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.ServiceBus;

/// <summary>
/// Takes a batch of messages through the pipeline and settles each as soon as its outcome is known. While a destination is closed the batch is
/// held, with its locks renewed: there is one receive loop for each function and instance, so that holding on is the back-pressure.
/// </summary>
/// <remarks>
/// It never throws and never abandons a message: the host would offer it again at once, and its deliveries would be used up in seconds. What is left
/// unsettled comes again when its lock has run out.
/// </remarks>
public sealed class MessageRuns(PipelineSetup setup, CaxOptions options, TimeProvider time, ILogger<MessageRuns> log)
{
    /// <summary>Above this delivery a message may be what brought the process down: it is processed alone, so that it takes no other with it.</summary>
    private const int LastUnsuspected = 5;

    /// <summary>How long after the hold an invocation may still take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <param name="function">The function; with the sequence number it tells a message from every other.</param>
    /// <param name="messages">The batch.</param>
    /// <param name="actions">Settles them; of use only until this returns.</param>
    /// <param name="cancellation">The host stops: nothing new is posted, what is known is settled.</param>
    public async Task RunAsync(
        string function, ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var holdUntil = time.GetUtcNow() + options.ServiceBus.HoldFor;
        using var late = new CancellationTokenSource(options.ServiceBus.HoldFor + Grace, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        var deliveries = messages.Select(message => new MessageDelivery(function, message, actions, options)).ToList();
        await using (await MessageLocks.KeepAsync(deliveries, actions, time, log))
        {
            await Task.WhenAll(deliveries
                .GroupBy(delivery => delivery.Destination, StringComparer.OrdinalIgnoreCase)
                .Select(ofOne => RunAsync([.. ofOne], holdUntil, ending.Token)));
        }

        log.Ended(function, messages.Length, deliveries.Count(delivery => delivery.IsCompleted), deliveries.Count(delivery => delivery.IsLost));
    }

    /// <summary>The messages of one destination: a closed one keeps those of others from nothing.</summary>
    private async Task RunAsync(IReadOnlyList<MessageDelivery> deliveries, DateTimeOffset holdUntil, CancellationToken cancellation)
    {
        var gaveUp = await RunTogetherAsync([.. deliveries.Where(delivery => delivery.DeliveryCount <= LastUnsuspected)], holdUntil, cancellation);
        foreach (var suspect in deliveries.Where(delivery => delivery.DeliveryCount > LastUnsuspected).OrderBy(delivery => delivery.DeliveryCount))
        {
            // The hold is over and the destination still closed: only what is offered for the last time is then still to be parked.
            if (!gaveUp || suspect.IsLastAttempt)
            {
                gaveUp = await RunTogetherAsync([suspect], holdUntil, cancellation);
            }
        }
    }

    /// <returns>Whether the destination was given up.</returns>
    private async Task<bool> RunTogetherAsync(IReadOnlyList<MessageDelivery> deliveries, DateTimeOffset holdUntil, CancellationToken cancellation)
    {
        if (deliveries.Count == 0 || cancellation.IsCancellationRequested)
        {
            return false;
        }

        var left = holdUntil - time.GetUtcNow();
        var pipeline = new EventPipeline(setup, new RunOptions { HoldFor = left > TimeSpan.Zero ? left : TimeSpan.Zero });
        try
        {
            // Not on the host's thread: what is ready to be read is read and mapped without a pause.
            var result = await Task.Run(() => pipeline.RunAsync(deliveries.ToAsyncEnumerable(), cancellation), CancellationToken.None);
            Tell(deliveries, result.Accounts);
            return result.Stopped.Count > 0;
        }
#pragma warning disable CA1031 // An exception would abandon what is not settled, and nothing would keep it from coming back at once.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Failed(deliveries.Count, BugTrace.Of(bug));
            return false;
        }
    }

    private void Tell(IReadOnlyList<MessageDelivery> deliveries, Accounts accounts)
    {
        var records = accounts.Records;
        log.Accounts(
            options.Destinations.ContainsKey(deliveries[0].Destination) ? deliveries[0].Destination : CaxTelemetry.UnknownDestination,
            deliveries.Count,
            records.Total,
            records.Sent,
            records.DeadLettered,
            records.Skipped,
            records.Returned,
            accounts.ReasonsInWords(),
            accounts.ProfilesInWords());
    }
}

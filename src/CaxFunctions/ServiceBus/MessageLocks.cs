using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.ServiceBus;

/// <summary>
/// Renews the locks of a batch of messages until they are settled. Nobody else does: the host renews nothing in batch mode, and a message does not
/// learn that its lock was renewed.
/// </summary>
/// <remarks>
/// The queue's lock duration is not told to its receivers. The longest time that is left on a lock when the batch arrives comes nearest to it. A lock that leaves no time for a request and the settlement after it is of no use, so that queues have one of a minute or more.
/// </remarks>
internal sealed class MessageLocks : IAsyncDisposable
{
    private const int AtATime = 16;

    /// <summary>The most that Service Bus gives: a clock that is slow would see more.</summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromMinutes(5);

    /// <summary>What a renewed lock is taken to last when the batch arrived late.</summary>
    private static readonly TimeSpan ShortestLock = TimeSpan.FromSeconds(30);

    /// <summary>However short a lock is, nobody asks for it more often.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<MessageDelivery> _deliveries;
    private readonly ServiceBusMessageActions _actions;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _ended = new();
    private Task _renewing = Task.CompletedTask;

    private MessageLocks(IReadOnlyList<MessageDelivery> deliveries, ServiceBusMessageActions actions, TimeProvider time, ILogger log)
    {
        _deliveries = deliveries;
        _actions = actions;
        _time = time;
        _log = log;
        var now = time.GetUtcNow();
        var longest = deliveries.Select(delivery => delivery.HeldUntil - now).Append(ShortestLock).Max();
        _duration = longest < LongestLock ? longest : LongestLock;
    }

    /// <summary>So much of a lock is left for a renewal that takes its time or has to be repeated.</summary>
    private TimeSpan Reserve => _duration / 2;

    /// <summary>Renews what arrived with little time left, and goes on renewing until it is disposed.</summary>
    public static async ValueTask<MessageLocks> KeepAsync(
        IReadOnlyList<MessageDelivery> deliveries, ServiceBusMessageActions actions, TimeProvider time, ILogger log)
    {
        var locks = new MessageLocks(deliveries, actions, time, log);
        await locks.RenewDueAsync();
        locks._renewing = locks.RenewAsync();
        return locks;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var next = _deliveries.Where(IsKept).Select(delivery => delivery.HeldUntil).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() - Reserve;
            var rest = TimeSpan.FromTicks(Math.Clamp((next - _time.GetUtcNow()).Ticks, ShortestRest.Ticks, _duration.Ticks));
            await Task.Delay(rest, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await RenewDueAsync();
        }
    }

    private async Task RenewDueAsync()
    {
        var due = _time.GetUtcNow() + Reserve;
        await Parallel.ForEachAsync(
            _deliveries.Where(delivery => IsKept(delivery) && delivery.HeldUntil <= due),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            (delivery, _) => _ended.IsCancellationRequested ? ValueTask.CompletedTask : RenewAsync(delivery));
    }

    private static bool IsKept(MessageDelivery delivery) => !delivery.IsSettling && !delivery.IsLost;

    private async ValueTask RenewAsync(MessageDelivery delivery)
    {
        var asked = _time.GetUtcNow();
        try
        {
            await _actions.RenewMessageLockAsync(delivery.Message, _ended.Token);
            delivery.Held(asked + _duration);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever the host says here concerns this lock only; it is asked again while there is time.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // A message that was settled meanwhile has no lock left to be renewed.
            if (!delivery.IsSettling && (LockLoss.Is(e) || delivery.HeldUntil <= _time.GetUtcNow()))
            {
                delivery.Lost();
                _log.LockLost(delivery.Name, e.GetType().Name);
            }
        }
    }
}

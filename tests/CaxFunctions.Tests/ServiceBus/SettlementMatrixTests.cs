using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.ServiceBus;

/// <summary>
/// Every combination of what becomes of a message, which delivery it is, how its lock stands, whether the queue takes the settlement, and when the host
/// stops. What must follow is written down in <see cref="Expected"/>, rule by rule.
/// </summary>
public sealed class SettlementMatrixTests
{
    private static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(10);

    public enum Fate
    {
        Sent,
        Skipped,
        Parked,
        EndpointDown,
        StoreDown,
    }

    public enum LockState
    {
        Fresh,
        NearlyOver,
        Lost,
    }

    public enum Settlement
    {
        Works,
        Fails,
        FindsTheLockLost,
    }

    public enum HostStop
    {
        No,
        BeforeTheInvocation,
        WhileARequestIsUnderWay,
    }

    public static TheoryData<Fate, int, LockState, Settlement, HostStop> Rows()
    {
        var rows = new TheoryData<Fate, int, LockState, Settlement, HostStop>();
        foreach (var fate in Enum.GetValues<Fate>())
        {
            foreach (var delivery in (int[])[1, 6, 100])
            {
                foreach (var state in Enum.GetValues<LockState>())
                {
                    foreach (var settlement in Enum.GetValues<Settlement>())
                    {
                        foreach (var stop in Enum.GetValues<HostStop>())
                        {
                            rows.Add(fate, delivery, state, settlement, stop);
                        }
                    }
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row(Fate fate, int delivery, LockState state, Settlement settlement, HostStop stop)
    {
        using var book = new LogBook();
        var rig = new MessageRig { Logs = book };
        rig.Options = rig.Options with
        {
            Delivery = rig.Options.Delivery with { BackoffCap = TimeSpan.FromMinutes(10), BackoffBase = TimeSpan.FromMinutes(4) },
            ServiceBus = new ServiceBusOptions { HoldFor = HoldFor },
        };
        await PrepareAsync(rig, fate);
        var other = rig.Queue.Send(MessageRig.Lead("other"));
        var entry = rig.Queue.Send(fate == Fate.Parked || fate == Fate.StoreDown ? "{not json" : MessageRig.Lead("it"), deliveries: delivery - 1);
        rig.Queue.FailsToRenew = number => state == LockState.Lost && number == entry.SequenceNumber ? new QueueTwin.BrokerException("MessageLockLost") : null;
        rig.Queue.FailsToSettle = number => number != entry.SequenceNumber ? null : settlement switch
        {
            Settlement.Fails => new QueueTwin.BrokerException("Status(StatusCode=\"Unknown\", Detail=\"the broker is busy\")"),
            Settlement.FindsTheLockLost => new QueueTwin.BrokerException("MessageLockLost"),
            _ => null,
        };
        rig.Queue.BeforeHandingOver = received =>
        {
            if (received.SequenceNumber == entry.SequenceNumber && state != LockState.Fresh)
            {
                received.LockedUntil = rig.Clock.UtcNow + (state == LockState.Lost ? -TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(2));
            }
        };
        using var stopping = new CancellationTokenSource();
        if (stop == HostStop.BeforeTheInvocation)
        {
            await stopping.CancelAsync();
        }

        rig.Endpoint.Answer = posted =>
        {
            if (stop == HostStop.WhileARequestIsUnderWay)
            {
                stopping.Cancel();
            }

            return fate == Fate.EndpointDown ? 503 : new Answered(200, Wait: TimeSpan.FromSeconds(1));
        };

        var before = rig.DeadLetters.Letters.Count;
        var acceptedBefore = rig.Endpoint.AcceptedIds.Count();
        await rig.InvokeAsync(cancellation: stopping.Token);

        var expected = Expected(fate, delivery, state, settlement, stop);
        Assert.Equal(expected.Completed, entry.State == QueueTwin.EntryState.Completed);
        Assert.Equal(expected.SettlingTried, rig.Queue.Tried(entry));
        Assert.Equal(expected.Parked, rig.DeadLetters.Letters.Count - before > 0);

        // Nobody else pays for it.
        var goesOn = stop == HostStop.No && fate != Fate.EndpointDown;
        Assert.Equal(goesOn || (stop == HostStop.WhileARequestIsUnderWay && fate != Fate.EndpointDown), other.State == QueueTwin.EntryState.Completed);
        Assert.True(rig.Endpoint.AcceptedIds.Count() - acceptedBefore <= 2);

        // Whatever happens was foreseen: no run ends with a bug, and each invocation that began ends with a line.
        Assert.DoesNotContain(book.Entries, entry => entry.Id == 103);
        Assert.Equal(rig.Invocations, book.Entries.Count(entry => entry.Id == 100));
    }

    private static (bool Completed, bool SettlingTried, bool Parked) Expected(Fate fate, int delivery, LockState state, Settlement settlement, HostStop stop)
    {
        // A stopped host's invocation begins nothing.
        if (stop == HostStop.BeforeTheInvocation)
        {
            return default;
        }

        // A suspected crasher is processed alone, after the others: when the host stops meanwhile, its turn does not come.
        if (stop == HostStop.WhileARequestIsUnderWay && delivery > 5)
        {
            return default;
        }

        var done = fate switch
        {
            // What cannot be answered inside the lock is not posted.
            Fate.Sent => state != LockState.Lost,

            // These need no request.
            Fate.Skipped or Fate.Parked => true,

            // Only on the last delivery is anything parked for want of an endpoint, and only when the hold is over.
            Fate.EndpointDown => delivery == 100 && stop == HostStop.No && state != LockState.Lost,

            // What cannot be parked stays in its source.
            Fate.StoreDown => false,
            _ => throw new ArgumentOutOfRangeException(nameof(fate)),
        };

        // A lock that is lost cannot be settled with, which is tried all the same: the queue knows best.
        return (
            done && state != LockState.Lost && settlement == Settlement.Works,
            done,
            done && fate is Fate.Parked or Fate.EndpointDown);
    }

    private static async Task PrepareAsync(MessageRig rig, Fate fate)
    {
        if (fate == Fate.Skipped)
        {
            rig.Queue.Send(MessageRig.Lead("it"));
            await rig.InvokeAsync();
        }

        rig.DeadLetters.Fails = fate == Fate.StoreDown;
    }
}

using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Cax.Core.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.Tests.Support;

/// <summary>
/// A queue as the broker keeps it: messages are offered in order, locked for a while, offered again when the lock has run out, and moved to the queue's own
/// dead-letter queue when they were offered too often. It believes no clock but its own.
/// </summary>
public sealed class QueueTwin(TestClock clock)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(5);

    public int MaxDeliveryCount { get; set; } = 100;

    /// <summary>Thrown instead of completing a message; null to complete it.</summary>
    public Func<long, Exception?> FailsToSettle { get; set; } = _ => null;

    /// <summary>Thrown instead of renewing a lock; null to renew it.</summary>
    public Func<long, Exception?> FailsToRenew { get; set; } = _ => null;

    /// <summary>Called for each message that a receive gives, to make it worse.</summary>
    public Action<Entry> BeforeHandingOver { get; set; } = _ => { };

    public IReadOnlyList<Entry> Entries => _entries;

    public int Renewals { get; private set; }

    public IEnumerable<Entry> Open => _entries.Where(entry => entry.State == EntryState.Open);

    public Entry Send(string body, IDictionary<string, object>? properties = null, int deliveries = 0)
    {
        var entry = new Entry(_entries.Count + 1, BinaryData.FromString(body), properties ?? new Dictionary<string, object>(), clock.GetUtcNow()) { Deliveries = deliveries };
        _entries.Add(entry);
        return entry;
    }

    /// <summary>What the next receive gives: in order, without those that are locked.</summary>
    public ServiceBusReceivedMessage[] Receive(int most)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var received = new List<ServiceBusReceivedMessage>();
            foreach (var entry in Open.Where(entry => entry.LockedUntil <= now))
            {
                if (entry.Deliveries >= MaxDeliveryCount)
                {
                    entry.State = EntryState.DeadLettered;
                    entry.DeadLetterReason = "MaxDeliveryCountExceeded";
                    continue;
                }

                entry.Deliveries++;
                entry.LockedUntil = now + LockDuration;
                entry.LockToken = Guid.NewGuid();
                BeforeHandingOver(entry);
                var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
                    body: entry.Body,
                    properties: entry.Properties,
                    lockTokenGuid: entry.LockToken,
                    deliveryCount: entry.Deliveries,
                    lockedUntil: entry.LockedUntil,
                    sequenceNumber: entry.SequenceNumber,
                    enqueuedTime: entry.EnqueuedTime);
                message.GetRawAmqpMessage().Body = entry.AmqpBody ?? message.GetRawAmqpMessage().Body;
                received.Add(message);
                if (received.Count == most)
                {
                    break;
                }
            }

            return [.. received];
        }
    }

    /// <summary>Whether settling this message was tried.</summary>
    public bool Tried(Entry entry) => entry.SettlingTries > 0;

    /// <summary>When the next message can be received; null when none is left.</summary>
    public DateTimeOffset? NextAt => Open.Any() ? Open.Min(entry => entry.LockedUntil) : null;

    /// <summary>What the host gives a function to settle its messages with. It knows them for as long as the invocation lasts.</summary>
    public QueueActions Actions() => new(this);

    private void With(ServiceBusReceivedMessage message, bool ended, Func<long, Exception?> fails, Action<Entry> act)
    {
        lock (_lock)
        {
            if (ended)
            {
                throw new BrokerException("Status(StatusCode=\"FailedPrecondition\", Detail=\"LockToken is not found\")");
            }

            var entry = _entries.Single(entry => entry.SequenceNumber == message.SequenceNumber);
            entry.SettlingTries += fails == FailsToSettle ? 1 : 0;
            if (fails(message.SequenceNumber) is { } failure)
            {
                throw failure;
            }

            if (entry.State != EntryState.Open || entry.LockToken.ToString() != message.LockToken || entry.LockedUntil <= clock.GetUtcNow())
            {
                throw new BrokerException("The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue. (MessageLockLost)");
            }

            act(entry);
        }
    }

    public enum EntryState
    {
        Open,
        Completed,
        DeadLettered,
    }

    public sealed record Entry(long SequenceNumber, BinaryData Body, IDictionary<string, object> Properties, DateTimeOffset EnqueuedTime)
    {
        public int Deliveries { get; set; }

        public DateTimeOffset LockedUntil { get; set; }

        public Guid LockToken { get; set; }

        public EntryState State { get; set; }

        public string? DeadLetterReason { get; set; }

        /// <summary>A body of another kind than bytes.</summary>
        public AmqpMessageBody? AmqpBody { get; set; }

        public int SettlingTries { get; set; }

        public DateTimeOffset? SettledAt { get; set; }
    }

    /// <summary>How the host passes on what the broker says: as text.</summary>
    public sealed class BrokerException(string text) : Exception(text);

    public sealed class QueueActions(QueueTwin queue) : ServiceBusMessageActions
    {
        /// <summary>Whether the invocation is over.</summary>
        public bool Ended { get; set; }

        /// <summary>How often settling was tried.</summary>
        public int Tries { get; private set; }

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            Tries++;
            queue.With(message, Ended, queue.FailsToSettle, entry =>
            {
                entry.State = EntryState.Completed;
                entry.SettledAt = queue.Now;
            });
            return Task.CompletedTask;
        }

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message,
            Dictionary<string, object>? propertiesToModify = null,
            string? deadLetterReason = null,
            string? deadLetterErrorDescription = null,
            CancellationToken cancellationToken = default)
        {
            Tries++;
            queue.With(message, Ended, queue.FailsToSettle, entry =>
            {
                entry.State = EntryState.DeadLettered;
                entry.DeadLetterReason = deadLetterReason;
            });
            return Task.CompletedTask;
        }

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            queue.With(message, Ended, queue.FailsToRenew, entry =>
            {
                queue.Renewals++;
                entry.LockedUntil = queue.Now + queue.LockDuration;
            });
            return Task.CompletedTask;
        }

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Nobody abandons a message: it would be offered again at once.");

        public override Task DeferMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Nobody defers a message.");
    }

    private DateTimeOffset Now => clock.GetUtcNow();
}

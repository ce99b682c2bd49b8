using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.ServiceBus;

/// <summary>A Service Bus message. It is completed once all its records are sent, skipped or parked, and otherwise left alone.</summary>
/// <remarks>A body that cannot be kept as bytes rests in the queue's own dead-letter queue, so that nothing of it is lost; the dead letter says why.</remarks>
internal sealed class MessageDelivery : SourceDelivery
{
    /// <summary>The message property that names the destination, in whatever case.</summary>
    public const string DestinationProperty = "cax-destination";

    /// <summary>The message property that names the profile, in whatever case.</summary>
    public const string ProfileProperty = "cax-profile";

    private static readonly RecordPosition Beginning = new(1, 1, 0, 0);

    private readonly ServiceBusReceivedMessage _message;
    private readonly ServiceBusMessageActions _actions;
    private readonly CaxOptions _options;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _unreadable;
    private long _heldUntil;

    /// <param name="function">The function that received it.</param>
    /// <param name="message">The message.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="options">All settings.</param>
    public MessageDelivery(string function, ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CaxOptions options)
    {
        _message = message;
        _actions = actions;
        _options = options;
        _heldUntil = message.LockedUntil.UtcTicks;
        (_body, _unreadable) = MessageBody.Read(message);
        Name = string.Create(CultureInfo.InvariantCulture, $"{function}/{message.SequenceNumber}");
        Destination = Named(message, DestinationProperty) ?? Cax.Core.Delivery.Destination.DefaultName;
        Hints = new MappingHints(ProfileOf(function, message, options.ServiceBus), MessageProperties.Of(message.ApplicationProperties));
    }

    public override string SourceName => _options.Sources.Name;

    public override string Name { get; }

    public override string Identity => Name;

    public override string Destination { get; }

    public override DateTimeOffset ReceivedAt => _message.EnqueuedTime;

    public override bool IsLastAttempt => DeliveryCount >= _options.ServiceBus.MaxDeliveryCount;

    public override DateTimeOffset HeldUntil => new(Volatile.Read(ref _heldUntil), TimeSpan.Zero);

    public ServiceBusReceivedMessage Message => _message;

    public int DeliveryCount => _message.DeliveryCount;

    /// <summary>Whether the queue was told that it is done with.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Whether its outcome is known: from then on there is no lock to be kept.</summary>
    public bool IsSettling { get; private set; }

    /// <summary>Whether the lock was lost: somebody else may have the message.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The lock was renewed.</summary>
    public void Held(DateTimeOffset until) => Volatile.Write(ref _heldUntil, until.UtcTicks);

    /// <summary>The lock is lost: nothing of the message is posted any more.</summary>
    public void Lost()
    {
        IsLost = true;
        Held(DateTimeOffset.MinValue);
    }

    /// <summary>The message itself knows best, then whoever set up the queue.</summary>
    private static ProfileChoice? ProfileOf(string function, ServiceBusReceivedMessage message, ServiceBusOptions options) =>
        Named(message, ProfileProperty) is { } named ? new ProfileChoice(named, ProfileRule.Property)
        : options.Profiles.TryGetValue(function, out var ofQueue) ? new ProfileChoice(ofQueue, ProfileRule.Queue)
        : null;

    /// <summary>The text of a property. One that is there and is no text names nothing that is known: its message is parked, not guessed.</summary>
    private static string? Named(ServiceBusReceivedMessage message, string property)
    {
        foreach (var (name, value) in message.ApplicationProperties)
        {
            if (name.Equals(property, StringComparison.OrdinalIgnoreCase))
            {
                return value as string ?? "";
            }
        }

        return null;
    }

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_unreadable is not null)
        {
            yield return new Record { Position = Beginning, Fault = new RecordFault(ReasonCodes.UnreadableBody, _unreadable, Beginning) };
            yield break;
        }

        // A completed message is gone, so nothing of it may be parked by reference only.
        var whole = _options.Sources with { MaxRecordBytes = Math.Max(_options.Sources.MaxRecordBytes, _body.Length) };
        await using var stream = BinaryData.FromBytes(_body).ToStream();
        var isEmpty = true;
        await foreach (var record in new JsonRecordReader(whole).ReadAsync(stream, cancellation))
        {
            isEmpty = false;
            yield return record;
        }

        if (isEmpty)
        {
            yield return new Record
            {
                Position = Beginning with { Length = _body.Length },
                Utf8 = _body,
                Fault = new RecordFault(ReasonCodes.EmptyInput, "the message is a list of nothing; if that is not meant, look at what sends it", Beginning),
            };
        }
    }

    public override bool IsLockLoss(Exception failure) => LockLoss.Is(failure);

    public override async ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation)
    {
        IsSettling = true;
        if (outcome.Kind == OutcomeKind.Returned)
        {
            // It comes again when its lock has run out.
            return;
        }

        try
        {
            await (_unreadable is null
                ? _actions.CompleteMessageAsync(_message, cancellation)
                : _actions.DeadLetterMessageAsync(
                    _message, deadLetterReason: ReasonCodes.UnreadableBody, deadLetterErrorDescription: _unreadable, cancellationToken: cancellation));
            IsCompleted = true;
        }
        catch (Exception e) when (LockLoss.Is(e))
        {
            Lost();
            throw;
        }
    }
}

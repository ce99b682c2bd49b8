using Cax.Core.Events;

namespace Cax.Core;

/// <summary>An event on its way: mapped, and without an outcome yet.</summary>
internal sealed class PendingEvent(CaxEvent @event, LedgerRecord record, int index, IReadOnlyList<Finding> findings)
{
    public CaxEvent Event { get; } = @event;

    /// <summary>The record it came from.</summary>
    public LedgerRecord Record { get; } = record;

    /// <summary>Its place among the events of its record.</summary>
    public int Index { get; } = index;

    public IReadOnlyList<Finding> Findings { get; } = findings;

    /// <summary>The run it belongs to: another run may tell it that the event it waits for has its outcome.</summary>
    public Settling? Run { get; init; }

    /// <summary>Why it cannot be sent, whatever the endpoint says; null when it can.</summary>
    public Outcome? Refusal { get; init; }

    /// <summary>Under which key it is remembered among other events.</summary>
    public Duplicates.EventKey Key { get; set; }

    /// <summary>How often it was posted.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was posted first.</summary>
    public DateTimeOffset? FirstAttemptAt { get; set; }

    /// <summary>Whether the source leaves it to us until then.</summary>
    public bool IsHeldUntil(DateTimeOffset until) => Record.Delivery.Source.HeldUntil >= until;
}

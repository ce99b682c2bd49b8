using Cax.Core;

namespace Cax.Cli.Stories;

/// <summary>Something that happened to an order. It holds no value of the order.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Delivery">The file or message it was in, as a person calls it.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Destination">The name of the destination.</param>
internal sealed record StoryEntry(DateTimeOffset At, OutcomeKind Outcome, string Delivery, long Line, string Destination)
{
    /// <summary>A reason code; null when it was sent.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason in the words of the dead letter; null without one.</summary>
    public string? Detail { get; init; }

    /// <summary>Null when it came to no event.</summary>
    public string? EventName { get; init; }

    /// <summary>Null when it came to no event.</summary>
    public string? EventId { get; init; }

    /// <summary>The name of the dead letter; null when there is none.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>Whether it happened in a replay of the dead letter.</summary>
    public bool IsReplay { get; init; }
}

using Cax.Core.DeadLetters;

namespace Cax.Core;

/// <summary>What one run does differently.</summary>
public sealed record RunOptions
{
    /// <summary>Maps, validates and packs, but sends and parks nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Sends again what an earlier run of this process sent: for replays.</summary>
    public bool IgnoreEarlierRuns { get; init; }

    /// <summary>
    /// Sends again what this process sent, though not what the receipts of other runs tell: for a run that goes on where an earlier one broke off, and
    /// does not know what of the last blocks was sent.
    /// </summary>
    public bool ForgetsProcess { get; init; }

    /// <summary>
    /// How long the run, from its begin, holds on to what a closed destination does not take; then it is returned. Null, the default, sits out each
    /// outage for as long as <see cref="Delivery.DeliveryOptions.GiveUpAfter"/> says, and gives up at once what would take longer.
    /// </summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>Where the run parks; null, the default, for the store of its setup.</summary>
    internal IDeadLetterWriter? DeadLetters { get; init; }
}

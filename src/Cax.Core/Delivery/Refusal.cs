namespace Cax.Core.Delivery;

/// <summary>An event that was refused alone.</summary>
/// <param name="Event">The event.</param>
/// <param name="Status">The status of the refusal.</param>
/// <param name="Outcomes">The run it belongs to.</param>
/// <param name="Mark">How many requests had been accepted when its batch was first refused.</param>
internal sealed record Refusal(PendingEvent Event, int Status, IOutcomes Outcomes, long Mark)
{
    /// <summary>It is a bad event: it is parked.</summary>
    public ValueTask ParkAsync() => Outcomes.ResolveAsync(Event, Outcome.Parked(
        ReasonCodes.Refused,
        $"the endpoint refused this event alone with HTTP {Status} while it accepted others",
        Status));
}

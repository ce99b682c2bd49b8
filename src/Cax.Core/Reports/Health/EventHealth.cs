namespace Cax.Core.Reports.Health;

/// <summary>What became of the events of one name, over the time of the report.</summary>
/// <param name="Name">The <c>event_name</c>.</param>
/// <param name="Sent">Answered 2xx.</param>
/// <param name="Collected">Counted by CAX as arrived, whoever sent them.</param>
/// <param name="Normalized">Counted by CAX as accepted by its event specification, whoever sent them.</param>
/// <param name="Missing">How many of those sent were certainly not collected: at least so many are lost.</param>
/// <param name="Surplus">How many of those collected were certainly not counted as sent: other senders share the source, or requests were repeated.</param>
public sealed record EventHealth(string Name, long Sent, long Collected, long Normalized, long Missing, long Surplus)
{
    /// <summary>Collected but not accepted: refused behind the 200 (CAX reference 7.1).</summary>
    public long Rejected => Math.Max(0, Collected - Normalized);
}

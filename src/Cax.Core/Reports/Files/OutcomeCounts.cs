namespace Cax.Core.Reports.Files;

/// <summary>How many came to each outcome.</summary>
internal sealed class OutcomeCounts
{
    public long Sent { get; set; }

    public long DeadLettered { get; set; }

    public long Skipped { get; set; }

    public long Returned { get; set; }

    public Tally Tally => new(Sent + DeadLettered + Skipped + Returned, Sent, DeadLettered, Skipped, Returned);

    public void Add(OutcomeKind kind)
    {
        switch (kind)
        {
            case OutcomeKind.Sent:
                Sent++;
                break;
            case OutcomeKind.DeadLettered:
                DeadLettered++;
                break;
            case OutcomeKind.Skipped:
                Skipped++;
                break;
            default:
                Returned++;
                break;
        }
    }

    public void Add(OutcomeCounts more)
    {
        Sent += more.Sent;
        DeadLettered += more.DeadLettered;
        Skipped += more.Skipped;
        Returned += more.Returned;
    }
}

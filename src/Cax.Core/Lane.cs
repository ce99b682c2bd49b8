using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Reports;

namespace Cax.Core;

/// <summary>The way of one run to one destination: what packs and what sends.</summary>
internal sealed record Lane(BatchPacker Packer, IBatchSender Sender)
{
    /// <summary>Null when the settings name no such destination.</summary>
    public static Lane? Open(string destination, PipelineSetup setup, RunOptions run, DateTimeOffset? holdUntil, AccountBook accounts, IOutcomes outcomes)
    {
        var limits = setup.Limits;
        if (run.DryRun)
        {
            return new Lane(new BatchPacker(limits), new DryRunSender(limits, accounts, outcomes));
        }

        if (setup.Destination(destination) is not { } state)
        {
            return null;
        }

        var poster = new Poster(state, setup.Delivery, new Outage(setup.Delivery.GiveUpAfter, holdUntil, setup.Time), accounts, setup.Time, setup.Chance);
        return new Lane(new BatchPacker(limits), new BatchSender(state, poster, setup.Delivery, limits, accounts, outcomes, setup.Time));
    }
}

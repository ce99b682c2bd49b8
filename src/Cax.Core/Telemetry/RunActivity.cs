using System.Diagnostics;
using Cax.Core.Reports;

namespace Cax.Core.Telemetry;

/// <summary>The activity <c>cax.run</c>: one run of the pipeline, with its counts at the end.</summary>
internal static class RunActivity
{
    public static Activity? Begin(CaxTelemetry telemetry) => telemetry.Activities.StartActivity("cax.run");

    public static void End(Activity? run, Accounts accounts, bool complete, bool failed)
    {
        if (run is not { IsAllDataRequested: true })
        {
            return;
        }

        Set(run, "cax.records", accounts.Records);
        Set(run, "cax.events", accounts.Events);
        run.SetTag("cax.requests", accounts.Requests);
        run.SetTag("cax.settlement_failures", accounts.SettlementFailures);
        run.SetTag("cax.complete", complete);
        if (failed)
        {
            run.SetStatus(ActivityStatusCode.Error, "a bug of the connector");
        }
    }

    private static void Set(Activity run, string prefix, Tally tally)
    {
        run.SetTag(prefix + ".total", tally.Total);
        run.SetTag(prefix + ".sent", tally.Sent);
        run.SetTag(prefix + ".dead_lettered", tally.DeadLettered);
        run.SetTag(prefix + ".skipped", tally.Skipped);
        run.SetTag(prefix + ".returned", tally.Returned);
    }
}

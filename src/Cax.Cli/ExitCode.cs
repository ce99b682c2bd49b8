using Cax.Core;

namespace Cax.Cli;

/// <summary>What the shell is told. The highest that applies wins.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Parked = 1;
    public const int Usage = 2;
    public const int Destination = 3;
    public const int Interrupted = 130;

    public const string Help = """
        Exit codes (the highest that applies):
          0    everything was sent or skipped
          1    something was parked
          2    usage or configuration
          3    a destination was unavailable, misconfigured or refusing everything
               at the end; what was left is still where it came from
          130  interrupted
        """;

    /// <summary>The exit code of a run. A dry run has no destination, so what it could not finish is for the caller to mend.</summary>
    public static int Of(RunResult result, bool dryRun) => result switch
    {
        { Interrupted: true } => Interrupted,
        { Complete: false } or { Stopped.Count: > 0 } or { Accounts.Records.Returned: > 0 } => dryRun ? Usage : Destination,
        { Accounts.Records.DeadLettered: > 0 } or { Accounts.SettlementFailures: > 0 } => Parked,
        _ => Done,
    };
}

using System.CommandLine;
using System.CommandLine.Help;
using Cax.Cli.Commands;
using Cax.Cli.Commands.Profiles;

namespace Cax.Cli;

/// <summary>The command line as a function: arguments in, exit code out.</summary>
internal static class CaxApp
{
    private const string Description = """
        Hands orders and leads over to Commanders Act (CAX): maps, validates, packs
        and sends them, and parks what cannot go, with a reason.

        Settings are environment variables such as Cax__SiteId, Cax__SourceKey and
        Cax__Endpoint; an option overrides its setting.
        """;

    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellation)
    {
        var root = new RootCommand(Description + "\n\n" + ExitCode.Help)
        {
            SendCommand.Create(console),
            ValidateCommand.Create(console),
            CheckCommand.Create(console),
            ReplayCommand.Create(console),
            FindCommand.Create(console),
            SimulateCommand.Create(console),
            ProfilesCommand.Create(console),
            DemoCommand.Create(console),
        };

        // A file may be called @orders: such an argument is a name, not a list of further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.CommandResult.Command is DetailedCommand asked)
        {
            asked.ShowDetails();
        }

        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                console.Say(error.Message);
            }

            console.Say("`cax --help` and `cax COMMAND --help` say what is possible.");
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,

            // Ctrl+C is ours: the run ends orderly.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}

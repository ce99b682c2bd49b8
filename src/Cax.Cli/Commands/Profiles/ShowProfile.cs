using System.CommandLine;
using System.Text;
using Cax.Cli.Profiles;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles show</c>: a profile as it was written, to read or to begin with.</summary>
internal static class ShowProfile
{
    private const string Summary = "Prints a profile as it was written, or with --schema the schema of all.";

    private const string Details = """
        To make it your own: cax profiles show shopify > my-shop.profile.json, and give
        it another name.

        Exit codes: 0 printed, 2 there is no such profile.
        """;

    public static Command Create(CliConsole console)
    {
        var name = new Argument<string?>("NAME") { Description = "The profile; cax profiles list names them", Arity = ArgumentArity.ZeroOrOne };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of profiles, for your editor" };
        var directory = SharedOptions.Directory();
        var command = new DetailedCommand("show", Summary, Details) { name, schema, directory };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null != result.GetValue(schema))
            {
                result.AddError("show needs either NAME or --schema.");
            }
        });
        command.SetAction(parsed => parsed.GetValue(schema)
            ? Print(console, ProfileContract.Schema)
            : Show(console, parsed.GetValue(name)!, parsed.GetValue(directory)));
        return command;
    }

    private static int Show(CliConsole console, string name, string? directory)
    {
        if (new ProfileFiles(console).OfDirectory(directory) is not { } own)
        {
            return ExitCode.Usage;
        }

        var catalog = ProfileCatalog.Of(own);
        if (catalog.Summaries.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return Print(console, Encoding.UTF8.GetString(found.Document.Utf8.Span));
        }

        console.Say($"{name}: no such profile; there are {string.Join(", ", catalog.Names)}");
        return ExitCode.Usage;
    }

    private static int Print(CliConsole console, string text)
    {
        console.Out.WriteLine(text.TrimEnd());
        return ExitCode.Done;
    }
}

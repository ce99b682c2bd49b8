using System.CommandLine;

namespace Cax.Cli.Commands.Profiles;

/// <summary>Options that several of the commands have.</summary>
internal static class SharedOptions
{
    public static Option<string?> Directory() => new("--profiles") { Description = "A directory of your own profiles (*.profile.json)", HelpName = "DIR" };

    public static Option<bool> Json(string what) => new("--json") { Description = $"Print {what} as one JSON object" };

    /// <summary>An option that is given once for each of several values.</summary>
    public static Option<string[]> Pairs(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "NAME=VALUE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"{name} must be NAME=VALUE.");
            }
        });
        return option;
    }

    /// <summary>The values of such an option; of a name that is given twice the last counts.</summary>
    public static Dictionary<string, string> Values(this ParseResult parsed, Option<string[]> option)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in parsed.GetValue(option) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            values[pair[..at]] = pair[(at + 1)..];
        }

        return values;
    }
}

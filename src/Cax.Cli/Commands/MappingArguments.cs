using System.CommandLine;
using Cax.Cli.Commands.Profiles;
using Cax.Cli.Profiles;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;

namespace Cax.Cli.Commands;

/// <summary>The options of commands that map: by which profile, where those of one's own are, and what would come with a message.</summary>
internal sealed class MappingArguments
{
    private readonly Option<string?> _profile = new("--profile") { Description = "The profile that maps all records. Default: the one that knows their shape", HelpName = "NAME" };
    private readonly Option<string?> _directory = SharedOptions.Directory();
    private readonly Option<string[]> _property = SharedOptions.Pairs("--property", "A property as messages have it, such as X-Shopify-Topic=orders/create");

    private MappingArguments()
    {
    }

    public static MappingArguments For(Command command)
    {
        var arguments = new MappingArguments();
        command.Options.Add(arguments._profile);
        command.Options.Add(arguments._directory);
        command.Options.Add(arguments._property);
        return arguments;
    }

    /// <summary>What maps records, and how. Null when something is wrong, which is then told, all of it.</summary>
    /// <param name="console">Where problems go.</param>
    /// <param name="parsed">The options.</param>
    /// <param name="options">The settings; null when they are wrong.</param>
    public ChosenMapping? Read(CliConsole console, ParseResult parsed, CaxOptions? options)
    {
        var files = new ProfileFiles(console);
        if (options is null || files.OfDirectory(parsed.GetValue(_directory)) is not { } own)
        {
            return null;
        }

        var catalog = new ProfileCatalog(options.Mapping.Profiles.Parameters, own);
        files.Tell(catalog.Problems);
        var problems = ProfileSettings.ParameterProblems(options.Mapping.Profiles, catalog).ToList();
        var name = parsed.GetValue(_profile);
        if (name is not null && !catalog.Has(name))
        {
            problems.Add($"--profile: there is no such profile; there are {string.Join(", ", catalog.Names)}.");
        }

        problems.ForEach(console.Say);
        if (problems.Count + catalog.Problems.Count > 0)
        {
            return null;
        }

        var properties = MessageProperties.Of(parsed.Values(_property).Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value)));
        return new ChosenMapping(
            new RecordMapper(options.Mapping, () => catalog),
            catalog,
            new MappingHints(name is null ? null : new ProfileChoice(name, ProfileRule.Property), properties));
    }
}

/// <summary>What maps records, by which profiles, and what it is told about all of them.</summary>
internal sealed record ChosenMapping(IRecordMapper Mapper, ProfileCatalog Catalog, MappingHints Hints);

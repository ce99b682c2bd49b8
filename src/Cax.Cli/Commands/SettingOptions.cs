using System.CommandLine;
using Cax.Core;
using Cax.Core.Settings;

namespace Cax.Cli.Commands;

/// <summary>The options that stand in for settings, and the reading of both.</summary>
internal sealed class SettingOptions
{
    /// <summary>The setting that says where dead letters are.</summary>
    public const string DeadLetters = "Cax__DeadLetters__Directory";

    /// <summary>The setting that says where reports are.</summary>
    public const string Reports = "Cax__Reports__Directory";

    private const string Prefix = "Cax__";

    private readonly List<(string Setting, Option Option, Func<ParseResult, string?> Value)> _all = [];
    private readonly Command _command;

    private SettingOptions(Command command) => _command = command;

    /// <summary>Adds where to send and with which key.</summary>
    public static SettingOptions ForSending(Command command) => new SettingOptions(command)
        .Text("--endpoint", "URL", "Cax__Endpoint", "The collection host. Default https://collect.commander1.com")
        .Text("--site", "ID", "Cax__SiteId", "The number of your CAX site")
        .Text("--key", "KEY", "Cax__SourceKey", "The key of your CAX source. Better set Cax__SourceKey: other users of this machine can see arguments");

    /// <summary>Adds what the hashes of ids are made with.</summary>
    public static SettingOptions ForFinding(Command command) => new SettingOptions(command)
        .Text("--site", "ID", "Cax__SiteId", "The number of your CAX site, as it was when the order was sent");

    /// <summary>Adds how records are read and judged.</summary>
    public static SettingOptions ForReading(Command command) => new SettingOptions(command).WithReading();

    /// <summary>Adds how records are read and judged.</summary>
    public SettingOptions WithReading() => WithStrict()
        .Text("--source", "NAME", "Cax__SourceName", "The source system of records that do not name theirs; a part of derived event ids");

    public SettingOptions WithStrict() => Flag("--strict", "Cax__Events__Strict", "Treat warnings as errors");

    public SettingOptions WithDeadLetters() =>
        Text("--dead-letters", "DIR", DeadLetters, "Where records rest that cannot go: a directory, or the URL of a blob container. Default ./dead-letters");

    public SettingOptions WithReports() => Text(
        "--report", "DIR", Reports, "Where reports, receipts and the progress of files go: a directory, or the URL of a blob container. Default ./reports");

    public SettingOptions WithMode()
    {
        var mode = new Option<string?>("--mode") { Description = "batch (default) or single: one event a request [Cax__Delivery__Mode]", HelpName = "MODE" };
        mode.AcceptOnlyFromAmong("batch", "single");
        return Add("Cax__Delivery__Mode", mode, parsed => parsed.GetValue(mode));
    }

    /// <summary>Reads the settings with the options over them. Null when something is wrong, which is then told, all of it.</summary>
    /// <param name="console">Where the settings are and where problems go.</param>
    /// <param name="parsed">The options.</param>
    /// <param name="needsDestination">Whether site and key must be there.</param>
    public CaxOptions? Read(CliConsole console, ParseResult parsed, bool needsDestination)
    {
        var given = _all.Select(option => KeyValuePair.Create(option.Setting, option.Value(parsed))).Where(setting => setting.Value is not null);
        var settings = new SettingsReader(console.Environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value))
            .Concat(given));
        var options = CaxOptions.Read(settings, needsDestination);
        foreach (var problem in settings.Problems)
        {
            var option = _all.Find(option => problem.StartsWith(option.Setting + " ", StringComparison.OrdinalIgnoreCase)).Option;
            console.Say(option is null ? problem : $"{problem} The option is {option.Name}.");
        }

        return settings.Problems.Count == 0 ? options : null;
    }

    private SettingOptions Text(string name, string form, string setting, string description)
    {
        var option = new Option<string?>(name) { Description = $"{description} [{setting}]", HelpName = form };
        return Add(setting, option, parsed => parsed.GetValue(option));
    }

    private SettingOptions Flag(string name, string setting, string description)
    {
        var option = new Option<bool>(name) { Description = $"{description} [{setting}]" };
        return Add(setting, option, parsed => parsed.GetValue(option) ? "true" : null);
    }

    private SettingOptions Add(string setting, Option option, Func<ParseResult, string?> value)
    {
        _command.Options.Add(option);
        _all.Add((setting, option, value));
        return this;
    }
}

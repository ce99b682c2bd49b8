using System.Text.Json;
using System.Text.RegularExpressions;
using Cax.Core.Settings;

namespace Cax.Core.Tests.Settings;

public sealed partial class SettingsInStepTests
{
    private static readonly Dictionary<string, string?> Whole = ReadSample();
    private static readonly Dictionary<string, string?> Sample = Whole.Where(IsOurs).ToDictionary();

    [Fact]
    public void The_sample_is_accepted_as_it_stands()
    {
        var settings = new SettingsReader(Whole);

        var options = CaxOptions.Read(settings, needsDestination: true);

        Assert.Empty(settings.Problems);
        Assert.Equal(["default", "outlet"], options.Destinations.Keys.Order());
    }

    [Fact]
    public void The_sample_holds_the_defaults()
    {
        var given = CaxOptions.Read(new SettingsReader(Sample), needsDestination: true);
        var defaults = new CaxOptions();

        Assert.Equal(defaults.Batching, given.Batching);
        Assert.Equal(defaults.Delivery, given.Delivery);
        Assert.Equal(defaults.Duplicates, given.Duplicates);
        Assert.Equal(defaults.DeadLetters, given.DeadLetters);
        Assert.Equal(defaults.Sources, given.Sources);
        Assert.Equal(defaults.Mapping.General.Consent.Policy, given.Mapping.General.Consent.Policy);
        Assert.Equal(defaults.Events.MaxBytes, given.Events.MaxBytes);
    }

    [Fact]
    public void The_sample_names_every_setting_and_no_other()
    {
        var settings = new SettingsReader(Sample);
        CaxOptions.Read(settings, needsDestination: true);

        Assert.True(settings.Known.Count > 30);
        Assert.Equal(settings.Known.Order(StringComparer.Ordinal), Sample.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_table_names_every_setting_and_no_other()
    {
        var documented = Row().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(documented.Distinct().Count(), documented.Count);
        Assert.Equal(
            Sample.Keys.Select(General).Distinct().Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_table_of_the_host_names_every_setting_of_the_host_and_no_other()
    {
        var documented = HostRow().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).ToList();
        var sample = Whole.Where(setting => !IsOurs(setting)).Select(setting => setting.Key).ToList();

        // A group such as CaxStorage__blobServiceUri stands in place of the connection string of the same name.
        var (groups, names) = (documented.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList(), documented.Where(name => !name.Contains("__", StringComparison.Ordinal)));

        Assert.Equal(sample.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Contains("CaxStorage__blobServiceUri", groups);
        Assert.Contains("CaxStorage__queueServiceUri", groups);
        Assert.All(groups, name => Assert.Contains(name.Split("__")[0], sample));
    }

    [Fact]
    public void Names_that_triggers_look_up_are_flat() => Assert.All(
        Whole.Where(setting => !IsOurs(setting)),
        setting => Assert.DoesNotContain("__", setting.Key, StringComparison.Ordinal));

    private static bool IsOurs(KeyValuePair<string, string?> setting) => setting.Key.StartsWith("Cax__", StringComparison.Ordinal);

    /// <summary>A setting as the README writes it: with placeholders for the names that users choose.</summary>
    private static string General(string name) => name
        .Replace("__outlet__", "__{name}__", StringComparison.Ordinal)
        .Replace("__tills__", "__{name}__", StringComparison.Ordinal)
        .Replace("__woocommerce__orderId", "__{profile}__{parameter}", StringComparison.Ordinal);

    private static Dictionary<string, string?> ReadSample()
    {
        using var document = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        return document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());
    }

    [GeneratedRegex(@"^\| `(Cax__[A-Za-z0-9_{}]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `((?!Cax__)[A-Za-z_]+)` \| .+ \| (?:host|host and app|app) \|", RegexOptions.Multiline)]
    private static partial Regex HostRow();
}

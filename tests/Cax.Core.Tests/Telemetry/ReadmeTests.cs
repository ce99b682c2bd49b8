using System.Text.RegularExpressions;
using Cax.Core.Reports.Health;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Its_table_names_every_metric_with_its_unit_and_tags_and_none_that_does_not_exist()
    {
        using var probe = new TelemetryProbe();
        var health = new SourceHealthMetrics(probe.Telemetry, new TestClock());

        await TroubledDay.RunAsync(probe.Telemetry);
        health.Publish([new SourceHealthReport("default", SourceHealthState.Compared) { Events = [new EventHealth("purchase", 3, 2, 1, Missing: 1, Surplus: 0)] }]);
        probe.Observe();

        var seen = probe.Measurements.GroupBy(measured => measured.Name).Select(group => (
            group.Key,
            Unit: Assert.Single(group.Select(measured => measured.Unit).Distinct())!,
            Tags: string.Join(", ", group.SelectMany(measured => measured.Tags).Select(tag => tag.Split('=')[0]).Distinct().Order()))).ToList();
        Assert.Equal(probe.Instruments.Select(instrument => instrument.Name).Order(), seen.Select(metric => metric.Key).Order());
        Assert.Equal(seen.OrderBy(metric => metric.Key), Documented().OrderBy(metric => metric.Name));
        Assert.All(probe.Instruments, instrument => Assert.NotEmpty(instrument.Description!));
    }

    [Fact]
    public void Nothing_is_measured_that_the_table_cannot_see()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Select(path => (Name: Path.GetFileName(path), Text: File.ReadAllText(path)))
            .ToList();

        Assert.Equal(["CaxTelemetry.cs"], sources.Where(source => NewMeter().IsMatch(source.Text)).Select(source => source.Name));
        Assert.Equal(
            ["Instruments.cs", "SourceHealthMetrics.cs"],
            sources.Where(source => NewInstrument().IsMatch(source.Text)).Select(source => source.Name).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, string Unit, string Tags)> Documented()
    {
        var table = Table().Match(Repository.Read("README.md"));
        Assert.True(table.Success);
        return Row().Matches(table.Value).Select(row => (
            row.Groups[1].Value,
            row.Groups[2].Value,
            string.Join(", ", Word().Matches(row.Groups[3].Value).Select(tag => tag.Groups[1].Value).Order())));
    }

    [GeneratedRegex(@"<!-- metrics -->\n(\|.*\n)+")]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `(cax\.\S+)` \| ([^|]+) \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Word();

    [GeneratedRegex(@"new Meter\(|\bMeter \w+ (=|\{[^}]*\} =) new|\bIMeterFactory\b")]
    private static partial Regex NewMeter();

    [GeneratedRegex(@"\.Create(Observable)?(Counter|UpDownCounter|Histogram|Gauge)\b")]
    private static partial Regex NewInstrument();
}

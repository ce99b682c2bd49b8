using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Settings;

/// <summary>The host obeys <c>host.json</c>, the app its options; only together do they keep locks and memory.</summary>
public sealed partial class HostJsonTests
{
    private const long MessageBytes = 256 * 1024;
    private static readonly JsonElement Host = JsonDocument.Parse(Repository.Read("host.json")).RootElement;
    private static readonly JsonElement ServiceBus = Host.GetProperty("extensions").GetProperty("serviceBus");

    [Fact]
    public void It_holds_only_settings_that_the_host_knows()
    {
        string[] known =
        [
            "version", "telemetryMode", "functionTimeout", "sendCanceledInvocationsToWorker", "extensions", "logging",
            "extensions.serviceBus", "extensions.serviceBus.autoCompleteMessages", "extensions.serviceBus.prefetchCount",
            "extensions.serviceBus.minMessageBatchSize", "extensions.serviceBus.maxMessageBatchSize",
            "extensions.serviceBus.clientRetryOptions", "extensions.serviceBus.clientRetryOptions.mode",
            "extensions.serviceBus.clientRetryOptions.maxRetries", "extensions.serviceBus.clientRetryOptions.delay",
            "extensions.serviceBus.clientRetryOptions.maxDelay", "extensions.serviceBus.clientRetryOptions.tryTimeout",
            "extensions.blobs", "extensions.blobs.maxDegreeOfParallelism", "extensions.blobs.poisonBlobThreshold",
            "logging.logLevel", "logging.logLevel.default", "logging.logLevel.Function", "logging.logLevel.Host.Startup",
        ];

        Assert.Equal(known.Order(StringComparer.Ordinal), Names(Host, "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_explains_every_line_and_no_other()
    {
        // These two have many parts and one reason.
        string[] whole = ["extensions.serviceBus.clientRetryOptions", "logging.logLevel"];
        var names = Names(Host, "").ToList();
        var leaves = names.Where(name => whole.Contains(name)
            || (!names.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal)) && !whole.Any(part => name.StartsWith(part + ".", StringComparison.Ordinal))));
        var chapter = Repository.Read("README.md").Split("### `host.json`")[1].Split("\n## ")[0];

        Assert.Equal(leaves.Order(StringComparer.Ordinal), Row().Matches(chapter).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Messages_are_settled_by_hand_so_nothing_waits_in_the_host_while_its_lock_runs()
    {
        Assert.False(ServiceBus.GetProperty("autoCompleteMessages").GetBoolean());
        Assert.Equal(0, ServiceBus.GetProperty("prefetchCount").GetInt32());
        Assert.Equal(1, ServiceBus.GetProperty("minMessageBatchSize").GetInt32());
        Assert.False(Host.GetProperty("sendCanceledInvocationsToWorker").GetBoolean());
    }

    [Fact]
    public void A_full_batch_of_the_largest_messages_fits_twice_into_the_smallest_instance()
    {
        var inBothProcesses = ServiceBus.GetProperty("maxMessageBatchSize").GetInt32() * MessageBytes * 2;

        Assert.InRange(inBothProcesses, 1, 256L * 1024 * 1024);
    }

    [Fact]
    public void An_invocation_that_holds_on_ends_well_before_the_host_kills_it()
    {
        var timeout = Time(Host, "functionTimeout");

        Assert.InRange(ServiceBusOptions.LongestHold, TimeSpan.Zero, timeout - TimeSpan.FromMinutes(10));
        Assert.InRange(new ServiceBusOptions().HoldFor, TimeSpan.Zero, ServiceBusOptions.LongestHold);
        Assert.InRange(new ExportOptions().HoldFor, TimeSpan.Zero, ServiceBusOptions.LongestHold);
    }

    [Fact]
    public void Settling_tries_no_longer_than_half_a_lock()
    {
        var retry = ServiceBus.GetProperty("clientRetryOptions");
        var tries = retry.GetProperty("maxRetries").GetInt32() + 1;
        var longest = (tries * Time(retry, "tryTimeout")) + ((tries - 1) * Time(retry, "maxDelay"));

        Assert.InRange(longest, TimeSpan.Zero, LocalEnvironmentTests.Lock / 2);
    }

    private static TimeSpan Time(JsonElement parent, string name) =>
        TimeSpan.ParseExact(parent.GetProperty(name).GetString()!, "c", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(JsonElement element, string prefix) => element.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind is JsonValueKind.Object
            ? Names(member.Value, $"{prefix}{member.Name}.").Prepend(prefix + member.Name)
            : [prefix + member.Name]);

    [GeneratedRegex(@"^\| `([A-Za-z.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

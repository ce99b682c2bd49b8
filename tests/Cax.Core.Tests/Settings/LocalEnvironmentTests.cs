using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Cax.Core.Delivery;

namespace Cax.Core.Tests.Settings;

/// <summary>The emulators of <c>tests/local</c> and the settings sample belong together.</summary>
public sealed partial class LocalEnvironmentTests
{
    private static readonly JsonElement Namespace = JsonDocument.Parse(Repository.Read("tests/local/servicebus-emulator.json"))
        .RootElement.GetProperty("UserConfig").GetProperty("Namespaces")[0];

    private static readonly JsonElement Sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json")).RootElement.GetProperty("Values");
    private static readonly string Compose = Repository.Read("tests/local/compose.yaml");

    /// <summary>How long the queues lock a message: the shortest of them.</summary>
    internal static TimeSpan Lock => Queues().Min(queue => XmlConvert.ToTimeSpan(queue.GetProperty("LockDuration").GetString()!));

    [Fact]
    public void The_emulator_has_the_queues_that_the_sample_names() => Assert.Equal(
        [Setting("LeadsQueue"), Setting("OrdersQueue")],
        Namespace.GetProperty("Queues").EnumerateArray().Select(queue => queue.GetProperty("Name").GetString()!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_emulator_and_the_sample_agree_on_which_delivery_is_the_last() => Assert.All(Queues(), queue => Assert.Equal(
        Setting("Cax__ServiceBus__MaxDeliveryCount"),
        queue.GetProperty("MaxDeliveryCount").GetRawText()));

    [Fact]
    public void The_emulator_gets_only_what_it_can_do()
    {
        Assert.Equal("sbemulatorns", Namespace.GetProperty("Name").GetString());
        Assert.All(Queues(), queue =>
        {
            Assert.InRange(XmlConvert.ToTimeSpan(queue.GetProperty("LockDuration").GetString()!), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            Assert.InRange(XmlConvert.ToTimeSpan(queue.GetProperty("DefaultMessageTimeToLive").GetString()!), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));
            Assert.InRange(queue.GetProperty("MaxDeliveryCount").GetInt32(), 1, 10);
            Assert.False(queue.GetProperty("RequiresSession").GetBoolean());
        });
    }

    [Fact]
    public void A_post_fits_twice_into_a_lock() =>
        Assert.InRange((new DeliveryOptions().RequestTimeout + TimeSpan.FromSeconds(5)) * 2, TimeSpan.Zero, Lock);

    [Fact]
    public void Each_emulator_is_pinned_and_listens_on_this_machine_only()
    {
        var images = Image().Matches(Compose).Select(match => match.Groups[1].Value).ToList();
        var ports = Port().Matches(Compose).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(
            [
                "mcr.microsoft.com/azure-storage/azurite:3.35.0",
                "mcr.microsoft.com/mssql/server:2022-latest",
                "mcr.microsoft.com/azure-messaging/servicebus-emulator:2.0.0",
            ],
            images);
        Assert.Equal(
            ["127.0.0.1:10000:10000", "127.0.0.1:10001:10001", "127.0.0.1:10002:10002", "127.0.0.1:5672:5672", "127.0.0.1:5300:5300"],
            ports);
        Assert.Contains("./servicebus-emulator.json:/ServiceBus_Emulator/ConfigFiles/Config.json:ro", Compose, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_of_the_emulators_database_stands_in_no_file_of_ours()
    {
        Assert.Equal(2, Password().Count(Compose));
        Assert.Contains("tests/local/.env", Repository.Read(".gitignore"), StringComparison.Ordinal);
    }

    private static List<JsonElement> Queues() => [.. Namespace.GetProperty("Queues").EnumerateArray().Select(queue => queue.GetProperty("Properties"))];

    private static string Setting(string name) => Sample.GetProperty(name).GetString()!;

    [GeneratedRegex(@"^ +image: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"^ +- ""([\d.:]+)""$", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex(@"MSSQL_SA_PASSWORD: \$\{MSSQL_SA_PASSWORD:\?")]
    private static partial Regex Password();
}

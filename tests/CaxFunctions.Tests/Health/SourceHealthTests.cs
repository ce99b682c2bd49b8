using System.Reflection;
using Cax.Simulator;
using CaxFunctions.Health;
using CaxFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Health;

public sealed class SourceHealthTests
{
    [Fact]
    public async Task When_everything_arrives_nothing_is_warned_of()
    {
        await using var rig = await HealthRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.SendAsync("orders", 300);

        await rig.SettleAsync();

        Assert.Equal(300, rig.Twin.Summary().Events);
        Assert.Contains("sent 300, collected 300, normalized 300", Assert.Single(rig.Log.Of(400)), StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Log.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Empty(rig.Log.Of(403));
    }

    [Fact]
    public async Task What_cax_loses_behind_its_200_is_warned_of_with_the_numbers()
    {
        await using var rig = await HealthRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.SendAsync("first", 200);
        rig.Twin.AddFault(new TwinFault { Status = 200 });
        await rig.SendAsync("lost", 30);
        await rig.SendAsync("last", 70);

        await rig.SettleAsync();

        Assert.Equal(270, rig.Twin.Summary().Events);
        var warning = Assert.Single(rig.Log.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Equal(401, warning.Id);
        Assert.Contains("default: generate_lead sent 300, collected 270: 30 were answered 2xx and never collected", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cax_refuses_behind_its_200_is_warned_of_with_the_numbers()
    {
        await using var rig = await HealthRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.SendAsync("fine", 20);
        await rig.SendAsync("odd", [.. Enumerable.Range(0, 3).Select(HealthRig.UnlistedStatus)]);

        await rig.SettleAsync();

        var warning = Assert.Single(rig.Log.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Equal(402, warning.Id);
        Assert.Contains("purchase collected 3, normalized 0: 3 were refused behind their 2xx", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_no_source_is_an_error_whatever_the_200_says()
    {
        await using var rig = await HealthRig.StartAsync(keyOfTheSource: "11111111-1111-4111-8111-111111111111");
        await rig.SendAsync("orders", 10);

        await rig.SettleAsync();

        Assert.Equal(0, rig.Twin.Summary().Events);
        Assert.Equal([404, 404], rig.Log.Entries.Where(entry => entry.Level == LogLevel.Error).Select(entry => entry.Id));
        Assert.Contains("no source of site 29 has this key", rig.Log.Of(404)[0], StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Log.Entries, entry => entry.Message.Contains(HealthRig.Key, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Other_senders_of_the_source_are_told_once_and_what_is_missing_then_is_a_lower_bound()
    {
        await using var rig = await HealthRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        rig.Twin.AddFault(new TwinFault { Status = 200 });
        await rig.SendAsync("lost", 30);
        await rig.SendFromElsewhereAsync("till", 45);

        await rig.SettleAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(15));
        await rig.CheckAsync();

        // The 45 of others hide the 30 that are lost: nobody can tell them apart, and the log says so.
        Assert.Equal(2, rig.Log.Of(400).Count);
        Assert.Contains("lower bound", Assert.Single(rig.Log.Of(403)), StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Without_a_token_it_says_so_once_and_does_nothing()
    {
        await using var rig = await HealthRig.StartAsync(token: null);
        await rig.SendAsync("orders", 10);

        await rig.SettleAsync();

        Assert.Equal(405, Assert.Single(rig.Log.Entries).Id);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_a_warning_that_does_not_show_it()
    {
        await using var rig = await HealthRig.StartAsync(token: "wr0ng-token");
        await rig.SendAsync("orders", 10);

        await rig.CheckAsync();

        var entry = Assert.Single(rig.Log.Entries);
        Assert.Equal((LogLevel.Warning, 406), (entry.Level, entry.Id));
        Assert.Contains("UNKNOWN_TOKEN", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_compared_is_published_until_another_process_checks()
    {
        await using var rig = await HealthRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.SendAsync("first", 20);
        rig.Twin.AddFault(new TwinFault { Status = 200 });
        await rig.SendAsync("lost", 4);
        await rig.SettleAsync();

        Assert.Equal(
            ["cax.source.collected 20 default generate_lead", "cax.source.missing 4 default generate_lead", "cax.source.normalized 20 default generate_lead", "cax.source.sent 24 default generate_lead"],
            rig.Measure());
        rig.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.Empty(rig.Measure());
    }

    [Fact]
    public void The_timer_rings_every_quarter_of_an_hour()
    {
        var method = typeof(SourceHealth).GetMethod(nameof(SourceHealth.RunAsync))!;

        Assert.Equal("SourceHealth", method.GetCustomAttribute<FunctionAttribute>()!.Name);
        var trigger = method.GetParameters()[0].GetCustomAttribute<TimerTriggerAttribute>()!;
        Assert.Equal(("0 */15 * * * *", false), (trigger.Schedule, trigger.RunOnStartup));
    }
}

using CaxFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Health;

public sealed class SentCountsServiceTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Counts_are_written_every_minute_while_they_change()
    {
        await using var rig = await HealthRig.StartAsync();
        await rig.Service.StartAsync(CancellationToken.None);
        await rig.SendAsync("one", 3);

        await WriteAsync(rig);
        await rig.SendAsync("two", 4);
        await WriteAsync(rig);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.Service.StoppedAsync(CancellationToken.None);

        Assert.Equal(2, rig.Store.Writes);
        Assert.Equal(7, Assert.Single(rig.Store.All).Total);
    }

    [Fact]
    public async Task What_is_sent_while_the_host_stops_is_still_counted()
    {
        await using var rig = await HealthRig.StartAsync();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

        // The worker is registered first, so it stops last.
        builder.Services.AddSingleton<IHostedService>(new LastInvocation(() => rig.SendAsync("last", 5)));
        builder.Services.AddSingleton<IHostedService>(rig.Service);
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(5, Assert.Single(rig.Store.All).Total);
    }

    [Fact]
    public async Task An_outage_of_the_storage_is_told_when_it_begins_and_when_it_ends()
    {
        await using var rig = await HealthRig.StartAsync();
        await rig.Service.StartAsync(CancellationToken.None);
        rig.Store.Fails = true;
        await rig.SendAsync("one", 3);

        await WriteAsync(rig);
        await WriteAsync(rig);
        rig.Store.Fails = false;
        await WriteAsync(rig);
        await rig.Service.StoppedAsync(CancellationToken.None);

        Assert.Equal([(LogLevel.Warning, 410), (LogLevel.Information, 411)], rig.Log.Entries.Select(entry => (entry.Level, entry.Id)));
        Assert.Equal(3, Assert.Single(rig.Store.All).Total);
    }

    /// <summary>Lets time pass until the storage was asked.</summary>
    private static async Task WriteAsync(HealthRig rig)
    {
        var asked = new TaskCompletionSource();
        rig.Store.Asked = () => asked.TrySetResult();
        await rig.Clock.RunAsync(asked.Task).WaitAsync(TooLong);
    }

    private sealed class LastInvocation(Func<Task> send) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => send();
    }
}

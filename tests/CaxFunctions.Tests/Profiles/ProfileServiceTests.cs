using System.Text;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Profiles;
using CaxFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Profiles;

public sealed class ProfileServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);
    private static readonly ProfileDocument Broken = new("profiles/till.profile.json", "{\"profile\":\"till\",\"evnts\":[]}"u8.ToArray());

    private readonly TestClock _clock = new();
    private readonly RecordedLog _log = new();
    private readonly CurrentProfiles _current = new(new ProfileOptions());
    private readonly CaxOptions _options = new();
    private ProfileService? _service;
    private Func<IReadOnlyList<ProfileDocument>?> _read = () => [Tills.Document()];
    private TaskCompletionSource _asked = new();
    private int _reads;

    [Fact]
    public async Task Profiles_are_there_before_anything_else_of_the_app_begins()
    {
        var begun = new Later(() => _current.Catalog.Has("till"));
        using var host = Host(begun);

        await host.StartAsync();
        await host.StopAsync();

        Assert.True(begun.Saw);
        Assert.Equal("The profiles of the container were read: 1, of which 0 have mistakes", Assert.Single(_log.Of(600)));
    }

    [Fact]
    public async Task A_storage_that_is_down_for_a_moment_is_asked_again()
    {
        _read = () => _reads < 3 ? throw new IOException("503") : [Tills.Document()];

        await _clock.RunAsync(Service().StartingAsync(CancellationToken.None));

        Assert.True(_current.Catalog.Has("till"));
        Assert.Equal(TestClock.Morning + TimeSpan.FromSeconds(10), _clock.UtcNow);
        Assert.Equal(2, _log.Of(602).Count);
    }

    [Fact]
    public async Task Without_its_profiles_the_app_takes_no_message_and_tells_nothing_of_what_lies_beneath()
    {
        var begun = new Later(() => true);
        _read = () => throw new IOException("the profiles: 503", new InvalidDataException(Secret.Everything));
        using var host = Host(begun);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _clock.RunAsync(host.StartAsync()));

        Assert.False(begun.Saw);
        Assert.Contains("the profiles: 503", failure.Message, StringComparison.Ordinal);
        Secret.IsNowhereIn(Secret.Texts(failure).Concat(_log.Entries.Select(entry => entry.Message)));
    }

    [Fact]
    public async Task Settings_that_name_a_profile_that_there_is_not_keep_the_app_from_beginning()
    {
        var options = _options with { ServiceBus = new ServiceBusOptions { Profiles = new Dictionary<string, string> { ["OrderMessages"] = "tills", ["LeadMessages"] = "till" } } };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Service(options).StartingAsync(CancellationToken.None));

        Assert.Equal(
            $"The settings are wrong.{Environment.NewLine}Cax__ServiceBus__Profiles__OrderMessages names a profile that there is not; the nearest one is till.",
            failure.Message);
    }

    [Fact]
    public async Task A_profile_that_is_changed_is_used_a_minute_later()
    {
        var service = await StartAsync();
        _read = () => [Tills.Document("kiosk")];

        var before = _clock.UtcNow;
        await ReloadAsync(times: 1);
        await service.StopAsync(CancellationToken.None);

        Assert.Equal((false, true), (_current.Catalog.Has("till"), _current.Catalog.Has("kiosk")));
        Assert.Equal(before + TimeSpan.FromMinutes(1), _clock.UtcNow);
    }

    [Fact]
    public async Task A_catalogue_that_was_not_changed_stays_the_same()
    {
        var service = await StartAsync();
        _read = () => null;
        var before = _current.Catalog;

        await ReloadAsync();
        await service.StopAsync(CancellationToken.None);

        Assert.Same(before, _current.Catalog);
        Assert.Single(_log.Of(600));
    }

    [Fact]
    public async Task Mistakes_are_told_once_with_all_of_them_and_the_profile_stays_as_it_was()
    {
        var service = await StartAsync();
        _read = () => [Broken];
        await ReloadAsync();
        _read = () => [Tills.Document("kiosk", "profiles/kiosk.profile.json"), Broken];
        await ReloadAsync();
        var told = _log.Entries.Where(entry => entry.Id == 601).ToList();
        var kept = Map();
        _read = () => [Tills.Document()];
        await ReloadAsync();
        _read = () => [Broken];
        await ReloadAsync();
        await service.StopAsync(CancellationToken.None);

        var entry = Assert.Single(told);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.StartsWith("profiles/till.profile.json has ", entry.Message, StringComparison.Ordinal);
        Assert.All((string[])["evnts", "version", "title"], word => Assert.Contains(word, entry.Message, StringComparison.Ordinal));
        Assert.Single(kept.Events);
        Assert.Equal(2, _log.Of(601).Count);
    }

    [Fact]
    public async Task A_profile_that_never_was_without_mistakes_parks_what_asks_for_it_as_invalid_not_as_unknown()
    {
        _read = () => [Broken];

        var service = await StartAsync();
        await service.StopAsync(CancellationToken.None);

        Assert.Equal(ReasonCodes.InvalidProfile, Map().ParkedBecause);
    }

    [Fact]
    public async Task An_outage_of_the_storage_is_told_when_it_begins_and_when_it_ends_and_changes_nothing()
    {
        var service = await StartAsync();
        _read = () => throw new IOException("503");
        await ReloadAsync();
        var during = _current.Catalog.Has("till");
        _read = () => null;
        await ReloadAsync();
        await service.StopAsync(CancellationToken.None);

        Assert.True(during);
        Assert.Equal([600, 603, 604], _log.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_bug_is_told_and_the_profiles_stay()
    {
        var service = await StartAsync();
        _read = () => throw new InvalidCastException(Secret.Everything);
        await ReloadAsync(times: 1);
        await service.StopAsync(CancellationToken.None);

        Assert.Equal([600, 605], _log.Entries.Select(entry => entry.Id));
        Secret.IsNowhereIn(_log.Entries.Select(entry => entry.Message));
        Assert.True(_current.Catalog.Has("till"));
    }

    [Fact]
    public async Task With_a_time_of_zero_nobody_looks_again()
    {
        var service = await StartAsync(_options with { Mapping = _options.Mapping with { Profiles = new ProfileOptions { ReloadEvery = TimeSpan.Zero } } });

        _clock.Advance(TimeSpan.FromDays(1));
        await service.StopAsync(CancellationToken.None);

        Assert.Equal(1, _reads);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            _service.Dispose();
        }
    }

    private ProfileService Service(CaxOptions? options = null) => _service = new ProfileService(
        _ =>
        {
            _reads++;
            try
            {
                return Task.FromResult(_read());
            }
            finally
            {
                _asked.TrySetResult();
            }
        },
        "the container",
        _current,
        options ?? _options,
        _clock,
        new Logger<ProfileService>(new LoggerFactory([_log])));

    private IHost Host(Later begun)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

        // The worker is registered first, and begins to take messages when it starts.
        builder.Services.AddSingleton<IHostedService>(begun);
        builder.Services.AddSingleton<IHostedService>(Service());
        return builder.Build();
    }

    private async Task<ProfileService> StartAsync(CaxOptions? options = null)
    {
        var service = Service(options);
        await service.StartingAsync(CancellationToken.None);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    /// <summary>Lets time pass until the storage was asked so often. What it gave the last time but one is then in use.</summary>
    private async Task ReloadAsync(int times = 2)
    {
        for (var i = 0; i < times; i++)
        {
            _asked = new TaskCompletionSource();
            await _clock.RunAsync(_asked.Task).WaitAsync(TooLong);
        }
    }

    private MapResult Map() => new RecordMapper(new MappingOptions(), () => _current.Catalog).Map(
        Encoding.UTF8.GetBytes(Tills.Slip(1)),
        new RecordOrigin("tills", _clock.UtcNow) { Profile = new ProfileChoice("till", ProfileRule.Queue) });

    private sealed class Later(Func<bool> look) : IHostedService
    {
        public bool Saw { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Saw = look();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

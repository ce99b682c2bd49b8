using System.Net;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Reports.Health;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Health;
using CaxFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Telemetry;

/// <summary>The health check before a Config API that says back what it was asked with, and worse; senders that choose hostile names.</summary>
public sealed class NothingSecretOfHealthTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly LogBook _book = new();
    private readonly TelemetryProbe _probe = new();
    private readonly InMemorySentCounts _store = new();
    private readonly AnsweringHandler _api;
    private Func<string, HttpResponseMessage> _answer = _ => new HttpResponseMessage();

    public NothingSecretOfHealthTests() => _api = new AnsweringHandler((request, _) =>
    {
        var response = _answer(request.RequestUri!.AbsolutePath);
        response.Headers.TryAddWithoutValidation("X-Echo", request.Headers.ToString());
        return Task.FromResult(response);
    });

    public void Dispose()
    {
        _api.Dispose();
        _probe.Dispose();
        _book.Dispose();
    }

    [Fact]
    public async Task Whatever_the_config_api_answers_no_signal_holds_a_token_a_key_or_a_person()
    {
        await using var app = App();
        await SendAsync(app);
        await app.GetRequiredService<SentCountsWriter>().WriteAsync(CancellationToken.None);
        foreach (var (status, body) in Troubles())
        {
            _answer = _ => new HttpResponseMessage(status) { ReasonPhrase = "Says " + Secret.Token, Content = new StringContent(body) };
            await CheckAsync(app);
        }

        _answer = _ => throw new HttpRequestException(Secret.Everything, new IOException(Secret.Everything));
        await CheckAsync(app);
        _answer = path => Json(path.EndsWith("/sources", StringComparison.Ordinal) ? Sources() : Counts());
        _store.Put(SentQuarter.FolderOf(TestClock.Morning) + "odd", BinaryData.FromString(Secret.Everything).ToArray());
        for (var i = 0; i < 5; i++)
        {
            await CheckAsync(app);
            _clock.Advance(TimeSpan.FromMinutes(15));
        }

        _probe.Observe();

        Assert.Equal([400, 401, 402, 403, 404, 406, 407, 408], Ids());
        Assert.Equal(
            ["cax.source.collected", "cax.source.missing", "cax.source.normalized", "cax.source.sent"],
            _probe.Measurements.Select(measured => measured.Name).Where(name => name.StartsWith("cax.source.", StringComparison.Ordinal)).Distinct().Order());
        NothingIsTold();
    }

    [Fact]
    public async Task Whatever_a_bug_of_the_check_says_only_its_kind_and_its_place_are_told()
    {
        _answer = _ => throw new InvalidCastException(Secret.Everything, new IOException(Secret.Everything));
        await using var app = App();

        await CheckAsync(app);

        Assert.Equal([409], Ids());
        Assert.Contains("System.InvalidCastException", _book.Entries[0].Text, StringComparison.Ordinal);
        NothingIsTold();
    }

    [Fact]
    public async Task Without_a_token_nothing_else_is_told()
    {
        await using var app = App(token: null);

        await CheckAsync(app);

        Assert.Equal([405], Ids());
        NothingIsTold();
    }

    [Fact]
    public async Task Whatever_keeps_the_counts_from_being_written_is_told_in_our_words()
    {
        await using var app = App();
        var service = app.GetServices<IHostedService>().OfType<SentCountsService>().Single();
        await SendAsync(app);
        _store.Fails = true;
        await service.StoppedAsync(CancellationToken.None);
        _store.Fails = false;
        await service.StoppedAsync(CancellationToken.None);

        _store.Asked = () => throw new InvalidCastException(Secret.Everything, new IOException(Secret.Everything));
        await SendAsync(app, "again");
        await service.StoppedAsync(CancellationToken.None);

        Assert.Equal([410, 411, 412], Ids());
        NothingIsTold();
    }

    private ServiceProvider App(string? token = Secret.Token)
    {
        var options = new CaxOptions
        {
            Destinations = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase)
            {
                ["default"] = new("default", "29", new SourceKey(Secret.Key), new Uri("https://collect.example")),
                ["outlet"] = new("outlet", "30", new SourceKey(Secret.Key), new Uri("https://collect.example")),
            },
            ConfigApi = new ConfigApiOptions { Token = token, Endpoint = new Uri("https://config.example.com") },
        };
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<ILoggerFactory>(_book)
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(options)
            .AddSingleton(_probe.Telemetry)
            .AddSingleton(new PipelineSetup(
                options, new RecordMapper(options.Mapping), new InMemoryDeadLetters(), new ScriptedEndpoint(_clock), _clock, () => 0.5, telemetry: _probe.Telemetry))
            .AddSingleton<ISentCountsStore>(_store)
            .AddSourceHealth(_api)
            .BuildServiceProvider();
    }

    /// <summary>Twenty leads to each destination; to one also an event whose name is an address.</summary>
    private async Task SendAsync(ServiceProvider app, string prefix = "")
    {
        _clock.Advance(TimeSpan.FromMinutes(5));
        SourceDelivery[] deliveries =
        [
            new TestDelivery("default", Enumerable.Range(0, 20).Select(i => Leads.WithoutId($"{prefix}{Secret.Order}-{i}"))),
            new TestDelivery("outlet", [
                .. Enumerable.Range(0, 20).Select(i => Leads.WithoutId($"{prefix}{Secret.Order}-{i}")),
                Leads.WithoutId(prefix + "odd").Replace("generate_lead", Secret.Email, StringComparison.Ordinal),
            ]) { To = "outlet" },
        ];
        var run = new EventPipeline(app.GetRequiredService<PipelineSetup>(), new RunOptions()).RunAsync(deliveries.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(41, (await _clock.RunAsync(run)).Accounts.Events.Sent);
    }

    private static Task CheckAsync(ServiceProvider app) =>
        ActivatorUtilities.CreateInstance<SourceHealth>(app).RunAsync(new TimerInfo(), CancellationToken.None);

    private static IEnumerable<(HttpStatusCode Status, string Body)> Troubles()
    {
        var errors = $$"""{"errors":[{"code":"{{Secret.Token}}","title":"{{Secret.Email}}","detail":"{{Secret.Everything}}"}]}""";
        yield return (HttpStatusCode.Unauthorized, errors);
        yield return (HttpStatusCode.InternalServerError, errors);
        yield return (HttpStatusCode.OK, errors);
        yield return (HttpStatusCode.OK, Secret.Everything);
        yield return (HttpStatusCode.OK, $$$"""{"data":[{"id":"{{{Secret.Token}}}","attributes":{"integration_key":"{{{Secret.Token}}}","status":"{{{Secret.Email}}}"}}]}""");
        yield return (HttpStatusCode.OK, $$$"""{"data":[{"id":"{{{Secret.Token}}}","attributes":{"integration_key":"{{{Secret.Key}}}","status":"{{{Secret.Email}}}"}}]}""");
        yield return (HttpStatusCode.OK, $$$"""{"data":[{"id":"{{{Secret.Token}}}","attributes":{"integration_key":"{{{Secret.Key}}}","status":"active"}}]}""");
    }

    private static string Sources() =>
        $$$"""{"data":[{"id":"41","attributes":{"integration_key":"{{{Secret.Key}}}","status":"active","name":"{{{Secret.Everything}}}"}}]}""";

    /// <summary>Fewer leads than were sent, fewer still that were accepted, and names that are none.</summary>
    private string Counts()
    {
        var rows = FormattableString.Invariant($"""[["dateTime","collected","normalized"],[{TestClock.Morning.ToUnixTimeMilliseconds()},9,4]]""");
        var names = ((string[])["generate_lead", Secret.Token, Secret.Email]).Select(name => $"\"{name}\":{rows}");
        return """{"data":{"attributes":{"validation":{"statuses":{NAMES}}}}}""".Replace("NAMES", string.Join(',', names), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Json(string body) => new() { Content = new StringContent(body) };

    private IEnumerable<int> Ids() => _book.Entries.Select(entry => entry.Id).Distinct().Order();

    private void NothingIsTold()
    {
        Secret.IsNowhereIn(_book.Texts.Concat(_probe.Texts));
        Assert.All(_book.Entries, entry => Assert.Empty(entry.Exception));
    }
}

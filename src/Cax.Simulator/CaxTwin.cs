using System.Net;
using Cax.Simulator.Collecting;
using Cax.Simulator.Control;
using Cax.Simulator.Judging;
using Cax.Simulator.Monitoring;
using Cax.Simulator.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cax.Simulator;

/// <summary>
/// A strict local twin of the CAX collect endpoint and of the part of the Config API that a sender checks itself against
/// (CAX reference 11.3). It listens on 127.0.0.1 without TLS, writes nothing to the console and leaves Ctrl+C alone.
/// </summary>
public sealed class CaxTwin : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly WebApplication _host;
    private readonly RecordBook _book;
    private readonly FaultQueue _faults;

    private CaxTwin(WebApplication host, RecordBook book, FaultQueue faults)
    {
        _host = host;
        _book = book;
        _faults = faults;
        Url = new Uri(host.Urls.Single());
    }

    /// <summary>Where the twin listens, such as <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Url { get; }

    /// <summary>Starts a twin. It answers as soon as the task ends.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CaxTwin> StartAsync(TwinOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfAny(options.Problems(), nameof(options));

        var book = new RecordBook(options.TimeProvider, options.CountsOnly);
        var faults = new FaultQueue();
        foreach (var fault in options.Faults) faults.Add(fault);
        var poison = new PoisonList(options.Poison);
        var rules = new CollectRules(options, poison, new EventJudge(options.MissingProperty, options.BadFormat));
        var router = new TwinRouter(
            new CollectEndpoint(options, faults, rules, book), new ConfigApi(options, book), new ControlEndpoint(faults, poison, book));

        var host = HostOn(options.Port);
        host.Run(router.HandleAsync);
        try
        {
            await host.StartAsync(cancellation);
            return new CaxTwin(host, book, faults);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The counts so far.</summary>
    public TwinSummary Summary() => _book.Summary();

    /// <summary>The recorded events, in order of arrival.</summary>
    public IReadOnlyList<ReceivedEvent> Events() => _book.Events();

    /// <summary>The answered collect requests, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests() => _book.Requests();

    /// <summary>Adds a fault behind those that are waiting.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense; the message says why.</exception>
    public void AddFault(TwinFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ThrowIfAny(fault.Problems(), nameof(fault));
        _faults.Add(fault);
    }

    /// <summary>Stops the twin; requests that are still being held up are cut off. The records stay readable.</summary>
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(Farewell);
        try
        {
            await _host.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // Held-up requests are cut off by the disposal below.
        }

        await _host.DisposeAsync();
    }

    private static WebApplication HostOn(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    private static void ThrowIfAny(IEnumerable<string> problems, string parameter)
    {
        var all = string.Join("; ", problems);
        if (all.Length > 0) throw new ArgumentException(all, parameter);
    }
}

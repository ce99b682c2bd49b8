using System.Net;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;

namespace Cax.Benchmarks;

/// <summary>
/// What an order costs on its way, one step after the other, as multiples of what it costs to parse it once. A run takes 5,000 orders, each with an id of
/// its own; a figure is for one order.
/// </summary>
[MemoryDiagnoser]
public class OrderBenchmarks
{
    private const int Orders = 5_000;

    private readonly CaxOptions _options = new()
    {
        Destinations = new Dictionary<string, Destination>
        {
            ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), new Uri("https://collect.example")),
        },
        Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
    };

    private readonly RecordOrigin _origin = new("shop", DateTimeOffset.UnixEpoch);
    private readonly List<Finding> _findings = [];
    private byte[] _file = [];
    private ReadOnlyMemory<byte>[] _orders = [];
    private RecordMapper _mapper = null!;
    private EventValidator _validator = null!;

    [GlobalSetup]
    public void Prepare()
    {
        using var example = typeof(RecordMapper).Assembly.GetManifestResourceStream("examples/order-placed.full.json")!;
        using var document = JsonDocument.Parse(example);
        var order = JsonSerializer.Serialize(document.RootElement);
        var id = document.RootElement.GetProperty("order").GetProperty("id").GetString()!;
        _orders = [.. Enumerable.Range(0, Orders).Select(i => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(order.Replace(id, $"{id}-{i:00000}", StringComparison.Ordinal))))];
        _file = Encoding.UTF8.GetBytes(string.Join('\n', _orders.Select(one => Encoding.UTF8.GetString(one.Span))));
        _mapper = new RecordMapper(_options.Mapping);
        _validator = new EventValidator(_options.Events, consentAsNumbers: false, TimeProvider.System);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Orders, Description = "parse once")]
    public int Parse()
    {
        var members = 0;
        foreach (var order in _orders)
        {
            using var document = JsonDocument.Parse(order);
            members += document.RootElement.ValueKind == JsonValueKind.Object ? 1 : 0;
        }

        return members;
    }

    [Benchmark(OperationsPerInvoke = Orders, Description = "map")]
    public int Map()
    {
        var events = 0;
        foreach (var order in _orders)
        {
            events += _mapper.Map(order, _origin).Events.Count;
        }

        return events == Orders ? events : throw new InvalidOperationException("an order was not mapped");
    }

    [Benchmark(OperationsPerInvoke = Orders, Description = "map and judge")]
    public int MapAndJudge()
    {
        foreach (var order in _orders)
        {
            _findings.Clear();
            _validator.Validate(_mapper.Map(order, _origin).Events[0].Utf8, _findings);
        }

        return _findings.Count;
    }

    [Benchmark(OperationsPerInvoke = Orders, Description = "the whole pipeline")]
    public async Task<long> RunAsync()
    {
        var setup = new PipelineSetup(_options, _mapper, new NoDeadLetters(), new Accepting(), TimeProvider.System);
        var delivery = StreamDelivery.Of(StreamSource.OfStream("orders", new MemoryStream(_file), DateTimeOffset.UnixEpoch), new SourceOptions(), "default", ProfileCatalog.BuiltIn);
        var result = await new EventPipeline(setup, new RunOptions()).RunAsync(new SourceDelivery[] { delivery }.ToAsyncEnumerable(), CancellationToken.None);
        return result.Accounts.Events.Sent == Orders ? Orders : throw new InvalidOperationException("an order was not sent");
    }

    /// <summary>An endpoint that reads the body and takes it.</summary>
    private sealed class Accepting : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}

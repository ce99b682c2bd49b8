using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Documents;
using Cax.Core.Exports;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Benchmarks;

/// <summary>
/// What a row of an export file costs: to read it, as NDJSON, as CSV, grouped and packed; and to send it with reports, receipts and checkpoints, against
/// the pipeline without them. A run takes 20,000 leads; a figure is for one.
/// </summary>
[MemoryDiagnoser]
public class FileBenchmarks
{
    private const int Leads = 20_000;

    private readonly CaxOptions _options = new()
    {
        Destinations = new Dictionary<string, Destination>
        {
            ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), new Uri("https://collect.example")),
        },
        Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
    };

    private byte[] _json = [];
    private byte[] _rows = [];
    private byte[] _grouped = [];
    private byte[] _packed = [];

    [GlobalSetup]
    public void Prepare()
    {
        _json = Lines("", i => $$$"""{"lead_id":"L-{{{i}}}","created_at":"2026-11-20T10:00:00Z","customer_id":"C-{{{i}}}","customer_email":"lead{{{i}}}@example.com","method":"quote_form","consent":"1|3"}""");
        _rows = Lines("lead_id,created_at,customer_id,customer_email,method,consent\n", i => $"L-{i},2026-11-20T10:00:00Z,C-{i},lead{i}@example.com,quote_form,1|3");
        _grouped = Lines(
            "order_id,ordered_at,currency,payment_method,item_id,item_quantity\n", i => $"O-{i / 2},2026-11-20T10:00:00Z,EUR,card,SKU-{i},1");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(_rows);
        }

        _packed = packed.ToArray();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Leads, Description = "read NDJSON")]
    public Task<int> ReadJson() => ReadAsync(_json, "leads.ndjson");

    [Benchmark(OperationsPerInvoke = Leads, Description = "read CSV")]
    public Task<int> ReadRows() => ReadAsync(_rows, "leads.csv");

    [Benchmark(OperationsPerInvoke = Leads, Description = "read CSV, two rows an order")]
    public Task<int> ReadGroups() => ReadAsync(_grouped, "orders.csv");

    [Benchmark(OperationsPerInvoke = Leads, Description = "read CSV, packed")]
    public Task<int> ReadPacked() => ReadAsync(_packed, "leads.csv.gz");

    [Benchmark(OperationsPerInvoke = Leads, Description = "send CSV, the pipeline alone")]
    public Task<RunResult> Send() => new EventPipeline(Setup(), new RunOptions()).RunAsync(
        new[] { (SourceDelivery)StreamDelivery.Of(Source(_rows, "leads.csv"), _options.Sources, "default", ProfileCatalog.BuiltIn) }.ToAsyncEnumerable(),
        CancellationToken.None);

    [Benchmark(OperationsPerInvoke = Leads, Description = "send CSV, with report, receipts and checkpoints")]
    public async Task<ExportResult> SendWithReport()
    {
        var directory = Directory.CreateTempSubdirectory("cax-benchmark-");
        try
        {
            var documents = new DirectoryDocuments(directory.FullName);
            var ids = new HashedIds(_options.Mapping.Identity);
            var stores = new ExportStores(documents, documents, new ReceiptBook(documents, ids, TimeProvider.System), ids);
            var runs = new ExportRuns(Setup(), _options, () => ProfileCatalog.BuiltIn, stores, "benchmark");
            return await runs.RunAsync(new ExportFile(Source(_rows, "leads.csv"), "leads.csv", _rows.Length, "default"), watch: null, CancellationToken.None);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<int> ReadAsync(byte[] content, string name)
    {
        await using var file = await RecordFile.OpenAsync(
            new MemoryStream(content), name, new SourceOptions(), ProfileCatalog.BuiltIn, MappingHints.None, CancellationToken.None);
        var count = 0;
        await foreach (var record in file.ReadAsync(CancellationToken.None))
        {
            count += record.Fault is null ? 1 : throw new InvalidOperationException(record.Fault.Located);
        }

        return count;
    }

    private static StreamSource Source(byte[] content, string name) => new(name, name, DateTimeOffset.UnixEpoch, _ => new(new MemoryStream(content)));

    private static byte[] Lines(string head, Func<int, string> line)
    {
        var text = new StringBuilder(head);
        for (var i = 0; i < Leads; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line(i)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private PipelineSetup Setup() =>
        new(_options, new RecordMapper(_options.Mapping), new NoDeadLetters(), new Taker(), TimeProvider.System);

    private sealed class Taker : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}

using System.Text;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Documents;
using Cax.Core.Exports;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Support;

/// <summary>Export files, one process after the other: what outlives a process is shared, and each process can be killed between any two of its steps.</summary>
public sealed class ExportRig
{
    private int _processes;

    public ExportRig() => Endpoint = new ScriptedEndpoint(Clock);

    public TestClock Clock { get; } = new();

    public ScriptedEndpoint Endpoint { get; }

    public InMemoryDeadLetters DeadLetters { get; } = new();

    public InMemoryDocuments Reports { get; } = new();

    public InMemoryDocuments Repairs { get; } = new();

    public ProfileCatalog Profiles { get; set; } = ProfileCatalog.BuiltIn;

    public CaxOptions Options { get; set; } = new()
    {
        Destinations = new Dictionary<string, Destination> { ["default"] = new("default", "29", new SourceKey(PipelineRig.Key), new Uri("https://collect.example")) },
        Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
        Exports = new ExportOptions { BlockRecords = 100 },
    };

    /// <summary>How long a run holds on to what a closed destination does not take.</summary>
    public TimeSpan? HoldFor { get; set; }

    /// <summary>The names of all documents, by how they begin.</summary>
    public IEnumerable<string> Named(string prefix) => Reports.Texts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The one report of that kind.</summary>
    public string Report(string ending = "/report.json") => Reports.Texts.Single(text => text.Key.StartsWith("files/", StringComparison.Ordinal) && text.Key.EndsWith(ending, StringComparison.Ordinal)).Value;

    public ExportFile File(string name, string content, string version = "1") => File(name, Encoding.UTF8.GetBytes(content), version);

    public ExportFile File(string name, byte[] content, string version = "1") => new(
        new StreamSource($"exports/{name}", $"store {name} {version}", TestClock.Morning, _ => new(new MemoryStream(content))), name, content.Length, "default");

    /// <summary>A new process, with nothing in its memory.</summary>
    public ExportRuns Process(ProcessLife? life = null)
    {
        life ??= new ProcessLife();
        var ids = new HashedIds(Options.Mapping.Identity);
        var reports = new MortalDocuments(Reports, life);
        var receipts = new ReceiptBook(reports, ids, Clock);
        var setup = new PipelineSetup(
            Options,
            new RecordMapper(Options.Mapping, () => Profiles),
            new MortalDeadLetters(DeadLetters, life),
            new MortalHandler(Endpoint, life),
            Clock,
            () => 0.5,
            receipts: receipts);
        var stores = new ExportStores(reports, new MortalDocuments(Repairs, life), receipts, ids);
        return new ExportRuns(setup, Options, () => Profiles, stores, FormattableString.Invariant($"process {++_processes}")) { HoldFor = HoldFor };
    }

    public Task<ExportResult> RunAsync(ExportFile file) => Clock.RunAsync(Task.Run(() => Process().RunAsync(file, watch: null, CancellationToken.None)));

    /// <summary>Runs a process until it ends or dies. Null when it died.</summary>
    public async Task<ExportResult?> RunAsync(ExportFile file, ProcessLife life)
    {
        var run = Task.Run(() => Process(life).RunAsync(file, watch: null, CancellationToken.None));
        await Clock.RunAsync(Task.WhenAny(run, life.Ended));
        return run.IsCompleted ? await run : null;
    }

    /// <summary>What the timer of the Function app does.</summary>
    public async Task ResumeAsync(Func<string, ExportFile> find, ProcessLife? life = null)
    {
        var runs = Process(life);
        await foreach (var state in runs.UnfinishedAsync(CancellationToken.None))
        {
            if (runs.IsFree(state))
            {
                await runs.RunAsync(find(state.Path), watch: null, CancellationToken.None);
            }
        }
    }
}

/// <summary>The life of a process: after so many steps it does nothing more, and nobody hears of it again.</summary>
public sealed class ProcessLife(int steps = int.MaxValue)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _steps;

    public Task Ended => _ended.Task;

    /// <summary>Awaited before each step with a store; told which document.</summary>
    public Func<string, CancellationToken, Task> Store { get; set; } = static (_, _) => Task.CompletedTask;

    public void Kill()
    {
        Interlocked.Exchange(ref _steps, steps);
        _ended.TrySetResult();
    }

    public async Task StepAsync(string document, CancellationToken cancellation)
    {
        await StepAsync();
        await Store(document, cancellation);
    }

    public Task StepAsync()
    {
        if (Interlocked.Increment(ref _steps) <= steps && !_ended.Task.IsCompleted)
        {
            return Task.CompletedTask;
        }

        _ended.TrySetResult();
        return new TaskCompletionSource().Task;
    }
}

internal sealed class MortalHandler(HttpMessageHandler inner, ProcessLife life) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await life.StepAsync();
        var answer = await base.SendAsync(request, cancellationToken);
        await life.StepAsync();
        return answer;
    }
}

internal sealed class MortalDeadLetters(InMemoryDeadLetters inner, ProcessLife life) : IDeadLetterStore, IDeadLetterWriter
{
    public IDeadLetterWriter Begin() => this;

    public async ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation)
    {
        await life.StepAsync("letters", cancellation);
        await inner.WriteAsync(letters, cancellation);
        await life.StepAsync();
    }

    public async ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation)
    {
        await life.StepAsync("letters", cancellation);
        await inner.ForgetAsync(letters, cancellation);
    }

    public IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation) => inner.ReadAsync(cancellation);

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation) =>
        inner.ReadResultsAsync(document, cancellation);

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation) => inner.WriteResultAsync(name, result, cancellation);
}

internal sealed class MortalDocuments(InMemoryDocuments inner, ProcessLife life) : IDocumentStore
{
    public string Name => inner.Name;

    public async ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        return await inner.ReadAsync(name, cancellation);
    }

    public async ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        return await inner.OpenAsync(name, cancellation);
    }

    public async ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        await inner.WriteAsync(name, content, cancellation);
        await life.StepAsync();
    }

    public async ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        await inner.WriteAsync(name, write, cancellation);
    }

    public async ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        var written = await inner.TryWriteAsync(name, content, tag, cancellation);
        await life.StepAsync();
        return written;
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

    public async ValueTask DeleteAsync(string name, CancellationToken cancellation)
    {
        await life.StepAsync(name, cancellation);
        await inner.DeleteAsync(name, cancellation);
    }
}

using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Exports;
using Cax.Core.Reports;

namespace Cax.Cli.Input;

/// <summary>How far a file is, at any moment.</summary>
/// <param name="name">As a person calls it.</param>
/// <param name="length">In bytes.</param>
internal sealed class FileWatch(string name, long length) : IExportWatch
{
    private EventPipeline? _pipeline;
    private long _read;

    public string Name => name;

    /// <summary>How much of the file was read, from 0 to 1.</summary>
    public double Share => length == 0 ? 1 : Math.Min(1, (double)Interlocked.Read(ref _read) / length);

    public Accounts Accounts => Volatile.Read(ref _pipeline)?.Accounts ?? AccountsJson.Nothing;

    public IReadOnlyDictionary<string, Trouble> Troubles => Volatile.Read(ref _pipeline)?.Troubles ?? new Dictionary<string, Trouble>();

    public void Begins(EventPipeline pipeline) => Volatile.Write(ref _pipeline, pipeline);

    public void Reads(int bytes) => Interlocked.Add(ref _read, bytes);
}

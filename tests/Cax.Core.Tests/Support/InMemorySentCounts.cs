using System.Collections.Concurrent;
using Cax.Core.Reports.Health;

namespace Cax.Core.Tests.Support;

/// <summary>Sent counts and looks in memory, as the documents they are; can be told to fail.</summary>
public sealed class InMemorySentCounts : ISentCountsStore
{
    private readonly ConcurrentDictionary<string, byte[]> _counts = new();
    private readonly ConcurrentDictionary<string, byte[]> _looks = new();

    public bool Fails { get; set; }

    /// <summary>Called when counts were written, or were to be.</summary>
    public Action Asked { get; set; } = static () => { };

    /// <summary>How often counts were written.</summary>
    public int Writes { get; private set; }

    /// <summary>Everything that processes wrote, in the order of the names.</summary>
    public IReadOnlyList<SentQuarter> All =>
        [.. _counts.OrderBy(document => document.Key, StringComparer.Ordinal).Select(document => SentCountsJson.Read(document.Value))];

    public void Put(string name, byte[] document) => _counts[name] = document;

    public ValueTask WriteAsync(SentQuarter counts, CancellationToken cancellation)
    {
        if (!Fails)
        {
            Writes++;
            _counts[counts.Name] = SentCountsJson.Write(counts);
        }

        Asked();
        FailIfTold();
        return ValueTask.CompletedTask;
    }

    public ValueTask<SentOfAll> ReadAsync(DateTimeOffset quarter, CancellationToken cancellation)
    {
        FailIfTold();
        var processes = new List<SentQuarter>();
        var unreadable = new List<string>();
        foreach (var (name, document) in _counts.OrderBy(document => document.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(SentQuarter.FolderOf(quarter), StringComparison.Ordinal))
            {
                try
                {
                    processes.Add(SentCountsJson.Read(document));
                }
                catch (FormatException)
                {
                    unreadable.Add(name);
                }
            }
        }

        return ValueTask.FromResult(new SentOfAll(processes, unreadable));
    }

    public ValueTask<SourceLook?> ReadLookAsync(string destination, CancellationToken cancellation)
    {
        FailIfTold();
        return ValueTask.FromResult(_looks.TryGetValue(destination, out var document) ? SourceLookJson.TryRead(document) : null);
    }

    public ValueTask WriteLookAsync(SourceLook look, CancellationToken cancellation)
    {
        FailIfTold();
        _looks[look.Destination] = SourceLookJson.Write(look);
        return ValueTask.CompletedTask;
    }

    private void FailIfTold()
    {
        if (Fails)
        {
            throw new IOException("the container is gone");
        }
    }
}

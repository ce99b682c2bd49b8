using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Cax.Core.Documents;

namespace Cax.Core.Tests.Support;

/// <summary>Documents in memory; can be told to fail.</summary>
public sealed class InMemoryDocuments : IDocumentStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredDocument> _documents = new(StringComparer.Ordinal);
    private int _versions;

    public string Name => "the memory";

    public bool Fails { get; set; }

    /// <summary>Awaited before a document is written.</summary>
    public Func<CancellationToken, Task> BeforeWriting { get; set; } = _ => Task.CompletedTask;

    /// <summary>The names of what was read and listed.</summary>
    public List<string> Looks { get; } = [];

    /// <summary>How often something was to be written.</summary>
    public int Writes { get; private set; }

    public IReadOnlyDictionary<string, string> Texts
    {
        get
        {
            lock (_lock)
            {
                return _documents.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value.Content.Span));
            }
        }
    }

    public ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation)
    {
        DocumentName.Checked(name);
        lock (_lock)
        {
            Look(name);
            return ValueTask.FromResult(_documents.GetValueOrDefault(name));
        }
    }

    public async ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation) =>
        await ReadAsync(name, cancellation) is { } document ? new MemoryStream(document.Content.ToArray(), writable: false) : null;

    public async ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        await WriteAsync(name, content, static _ => true, cancellation);

    public async ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await write(content, cancellation);
        await WriteAsync(name, content.ToArray(), cancellation);
    }

    public ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation) =>
        WriteAsync(name, content, now => now == tag, cancellation);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        List<string> names;
        lock (_lock)
        {
            Look(DocumentName.CheckedPrefix(prefix));
            names = [.. _documents.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        foreach (var name in names)
        {
            yield return name;
        }
    }

    public ValueTask DeleteAsync(string name, CancellationToken cancellation)
    {
        DocumentName.Checked(name);
        lock (_lock)
        {
            Fail();
            _documents.Remove(name);
            return ValueTask.CompletedTask;
        }
    }

    private async ValueTask<string?> WriteAsync(string name, ReadOnlyMemory<byte> content, Predicate<string?> isMeant, CancellationToken cancellation)
    {
        DocumentName.Checked(name);
        cancellation.ThrowIfCancellationRequested();
        await BeforeWriting(cancellation);
        lock (_lock)
        {
            Writes++;
            Fail();
            if (!isMeant(_documents.GetValueOrDefault(name)?.Tag))
            {
                return null;
            }

            var tag = (++_versions).ToString(CultureInfo.InvariantCulture);
            _documents[name] = new StoredDocument(content.ToArray(), tag);
            return tag;
        }
    }

    private void Look(string name)
    {
        Looks.Add(name);
        Fail();
    }

    private void Fail()
    {
        if (Fails)
        {
            throw new IOException("the disk is full");
        }
    }
}

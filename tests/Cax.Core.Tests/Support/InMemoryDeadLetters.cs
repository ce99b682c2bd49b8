using System.Collections.Concurrent;
using Cax.Core.DeadLetters;

namespace Cax.Core.Tests.Support;

/// <summary>Dead letters in memory; can be told to fail.</summary>
public sealed class InMemoryDeadLetters : IDeadLetterStore, IDeadLetterWriter
{
    private readonly ConcurrentDictionary<string, DeadLetter> _letters = new();
    private readonly ConcurrentDictionary<string, List<ReplayResult>> _results = new();

    public bool Fails { get; set; }

    /// <summary>A failure that no store may have: a bug.</summary>
    public Exception? Bug { get; set; }

    public IReadOnlyCollection<DeadLetter> Letters => [.. _letters.Values.OrderBy(letter => letter.Origin.Offset)];

    /// <summary>How often letters were written.</summary>
    public int Flushes { get; private set; }

    public IDeadLetterWriter Begin() => this;

    /// <summary>Awaited before letters are written.</summary>
    public Func<Task> BeforeWriting { get; set; } = () => Task.CompletedTask;

    public async ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation)
    {
        await BeforeWriting();
        if (Bug is not null)
        {
            throw Bug;
        }

        if (Fails)
        {
            throw new IOException("the disk is full");
        }

        Flushes++;
        foreach (var letter in letters)
        {
            _letters[letter.Name] = letter;
        }
    }

    public ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation)
    {
        foreach (var name in letters.Prefixes.SelectMany(prefix => _letters.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && letters.Includes(name, prefix))))
        {
            _letters.TryRemove(name, out _);
            _results.TryRemove(name, out _);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<StoredDeadLetter> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var (name, letter) in _letters.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return new StoredDeadLetter(name, letter, null, _results.GetValueOrDefault(name) ?? []);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation) =>
        new(_results
            .Where(entry => DeadLetter.DocumentOf(entry.Key) == document)
            .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<ReplayResult>)[.. entry.Value]));

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation)
    {
        if (Fails)
        {
            throw new IOException("the disk is full");
        }

        _results.AddOrUpdate(name, _ => [result], (_, earlier) => [.. earlier, result]);
        return ValueTask.CompletedTask;
    }
}

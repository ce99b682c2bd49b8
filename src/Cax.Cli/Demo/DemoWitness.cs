using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping;

namespace Cax.Cli.Demo;

/// <summary>Stands at both ends of the run and remembers which events were made and which were parked; the rest must have arrived.</summary>
internal sealed class DemoWitness(IRecordMapper mapper, IDeadLetterStore store) : IRecordMapper, IDeadLetterStore, IDeadLetterWriter
{
    private readonly IDeadLetterWriter _writer = store.Begin();
    private readonly ConcurrentDictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _parked = new(StringComparer.Ordinal);

    /// <summary>What should have arrived: the hash of the bytes of each event, by its id.</summary>
    public IReadOnlyDictionary<string, string> Expected =>
        _made.Where(made => !_parked.ContainsKey(made.Key)).ToDictionary(made => made.Key, made => made.Value, StringComparer.Ordinal);

    public static string Hash(ReadOnlyMemory<byte> utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8.Span));

    public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var result = mapper.Map(utf8, origin);
        foreach (var @event in result.Events)
        {
            _made[@event.Id] = Hash(@event.Utf8);
        }

        return result;
    }

    public IDeadLetterWriter Begin() => this;

    public async ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation)
    {
        await _writer.WriteAsync(letters, cancellation);
        foreach (var letter in letters)
        {
            if (letter.EventId is { } id)
            {
                _parked[id] = true;
            }
        }
    }

    public ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation) => store.ForgetAsync(letters, cancellation);

    public IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation) => store.ReadAsync(cancellation);

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation) =>
        store.ReadResultsAsync(document, cancellation);

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation) =>
        store.WriteResultAsync(name, result, cancellation);
}

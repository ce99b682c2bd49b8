using System.Runtime.CompilerServices;

namespace Cax.Core.DeadLetters;

/// <summary>Ends a sequence where its source can be read no further, and remembers why: what was read before is still worked on.</summary>
internal sealed class BrokenOff
{
    /// <summary>Why reading ended early; null when it did not.</summary>
    public string? Reason { get; private set; }

    public async IAsyncEnumerable<T> GuardAsync<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var items = source.GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (IOException e)
            {
                Reason = e.Message;
                yield break;
            }

            yield return items.Current;
        }
    }

    /// <summary>The result of a run that knows whether its input was read to its end.</summary>
    public RunResult AddTo(RunResult run) => Reason is { } reason ? run with { Complete = false, Unreadable = [.. run.Unreadable, reason] } : run;
}

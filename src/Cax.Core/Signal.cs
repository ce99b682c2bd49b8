namespace Cax.Core;

/// <summary>
/// Wakes whoever waits for something to change. Take <see cref="Next"/> first, then look, and wait only if there was nothing to see: so no
/// change is missed.
/// </summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends with the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

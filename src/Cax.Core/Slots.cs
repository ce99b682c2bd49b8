namespace Cax.Core;

/// <summary>A bound on how much goes on at a time.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that would have to be let go.
internal sealed class Slots(int count)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(count);

    /// <summary>Whether nothing goes on.</summary>
    public bool AreFree => _free.CurrentCount == count;

    /// <summary>Waits for a slot.</summary>
    public Task TakeAsync(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    public void Leave() => _free.Release();

    /// <summary>Waits until nothing goes on; meanwhile nothing new begins.</summary>
    public async ValueTask WhenFreeAsync()
    {
        for (var i = 0; i < count; i++)
        {
            await _free.WaitAsync();
        }

        _free.Release(count);
    }
}

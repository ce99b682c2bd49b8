using Cax.Core.Exports;

namespace CaxFunctions.Blobs;

/// <summary>
/// The files that are gone on with: a few at a time of each destination, so that one that takes nothing does not keep the files of the others waiting.
/// </summary>
internal sealed class ResumedFiles
{
    private const int AtATime = 2;

    private readonly Dictionary<string, (string Destination, Task Work)> _files = [];

    /// <summary>Begins to work on a file, unless enough others are under way, or it was taken up a short while ago.</summary>
    public void Begin(ExportState state, DateTimeOffset now, Func<Task> work)
    {
        var isDue = !_files.TryGetValue(state.Key, out var before) || (before.Work.IsCompleted && state.LeaseUntil <= now);
        if (isDue && UnderWay.Count(file => file.Destination.Equals(state.Destination, StringComparison.OrdinalIgnoreCase)) < AtATime)
        {
            _files[state.Key] = (state.Destination, work());
        }
    }

    /// <summary>Waits until it is time to look again, or everything that is under way has ended.</summary>
    /// <returns>Whether something is still under way.</returns>
    public async Task<bool> AreUnderWayAsync(Task wait)
    {
        await Task.WhenAny(wait, EndAsync());
        return UnderWay.Any();
    }

    public Task EndAsync() => Task.WhenAll(UnderWay.Select(file => file.Work));

    private IEnumerable<(string Destination, Task Work)> UnderWay => _files.Values.Where(file => !file.Work.IsCompleted);
}

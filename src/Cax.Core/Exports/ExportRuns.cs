using System.Runtime.CompilerServices;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>
/// Sends export files, block by block. What a run cannot finish waits, and another run goes on where it ended; two runs never work on one file at a time;
/// a file that was sent is not sent again.
/// </summary>
/// <param name="setup">The pipeline.</param>
/// <param name="options">All settings.</param>
/// <param name="profiles">The profiles of this moment.</param>
/// <param name="stores">Where everything is written.</param>
/// <param name="owner">Names this process among all that may work on the same files.</param>
public sealed class ExportRuns(PipelineSetup setup, CaxOptions options, Func<ProfileCatalog> profiles, ExportStores stores, string owner)
{
    private readonly ExportStates _states = new(stores.Reports);

    /// <summary>Says whether an owner is known to be gone, though its lease is not over. Default: nobody knows.</summary>
    public Func<string, bool> IsGone { get; init; } = static _ => false;

    /// <summary>How long a run holds on to what a closed destination does not take; see <see cref="RunOptions.HoldFor"/>.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>The files that are not done. What a process left to do about one that is done is done on the way.</summary>
    /// <exception cref="IOException">The store cannot be read; or, after all others, the state of a file.</exception>
    public async IAsyncEnumerable<ExportState> UnfinishedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var state in _states.OpenAsync(setup.Time.GetUtcNow(), cancellation))
        {
            if (state.Status != ExportStatus.Done)
            {
                yield return state;
            }
            else
            {
                await CloseAsync(state, cancellation);
            }
        }
    }

    /// <summary>Whether a run may go on with a file of this state now.</summary>
    public bool IsFree(ExportState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.IsLeased(setup.Time.GetUtcNow()) || (state.Owner is { } holder && IsGone(holder));
    }

    /// <summary>Sends a file, or goes on with it. Ends orderly when it is cancelled: the file then waits.</summary>
    /// <param name="file">The file.</param>
    /// <param name="watch">Hears how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="IOException">The stores cannot be reached, so nothing could be begun.</exception>
    public async Task<ExportResult> RunAsync(ExportFile file, IExportWatch? watch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        await PruneAsync(cancellation);
        var found = await _states.FindAsync(file.Key, cancellation);
        var before = found?.State;
        if (before is not null && !IsFree(before))
        {
            return Elsewhere(before);
        }

        if (before is { Status: ExportStatus.Done, Verdict: not (FileVerdict.Refused or FileVerdict.Gone) } && !file.IsForced)
        {
            return new ExportResult(ExportEnding.WasDone, null, before.Verdict, before.Why, before.Report, null);
        }

        await using var lease = await ExportLease.TakeAsync(_states, Begin(file, before), found?.Tag, owner, setup.Time, cancellation);
        return lease is null
            ? Elsewhere(before)
            : await new ExportRun(setup, options, profiles(), stores, _states, file, lease, watch) { HoldFor = HoldFor }.RunAsync(cancellation);
    }

    /// <summary>A file is no longer there, or is another one now: nothing more can be sent of it, and its report says so.</summary>
    /// <param name="state">How far it came.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="IOException">The stores cannot be reached.</exception>
    public async Task<ExportResult?> GiveUpAsync(ExportState state, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (await _states.FindAsync(state.Key, cancellation) is not { State.Status: not ExportStatus.Done } found || !IsFree(found.State))
        {
            return null;
        }

        await using var lease = await ExportLease.TakeAsync(_states, found.State, found.Tag, owner, setup.Time, cancellation);
        return lease is null ? null : await new ExportEnd(stores, _states, lease, setup.Time).GoneAsync(null, cancellation);
    }

    /// <summary>A file was offered and is not there: its report says so.</summary>
    /// <param name="file">What is known about it.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="IOException">The stores cannot be reached.</exception>
    public async Task<ExportResult> MissAsync(ExportFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = await _states.FindAsync(file.Key, cancellation);
        if (found is { State: var before } && !IsFree(before))
        {
            return Elsewhere(before);
        }

        await using var lease = await ExportLease.TakeAsync(_states, Begin(file, found?.State), found?.Tag, owner, setup.Time, cancellation);
        return lease is null ? Elsewhere(null) : await new ExportEnd(stores, _states, lease, setup.Time).GoneAsync(null, cancellation);
    }

    private async ValueTask CloseAsync(ExportState state, CancellationToken cancellation)
    {
        try
        {
            await new ExportClosing(stores, _states, setup.Time).CloseAsync(state, cancellation);
        }
        catch (IOException)
        {
            // It stays open for the next look; the others must not wait for it.
        }
    }

    private async ValueTask PruneAsync(CancellationToken cancellation)
    {
        try
        {
            await stores.Receipts.PruneAsync(cancellation);
        }
        catch (IOException)
        {
            // Receipts that are kept for a day too long do no harm.
        }
    }

    private static ExportResult Elsewhere(ExportState? state) => new(
        ExportEnding.Busy, null, null, "another process works on this file now", state?.Report, null);

    /// <summary>A file that is new, or is sent once more, begins at its beginning; any other goes on.</summary>
    private ExportState Begin(ExportFile file, ExportState? before)
    {
        if (before is { Status: not ExportStatus.Done })
        {
            return before with { IsForced = before.IsForced || file.IsForced };
        }

        var now = setup.Time.GetUtcNow();
        return new ExportState
        {
            Key = file.Key,
            Name = file.Source.Name,
            Path = file.Path,
            Identity = file.Source.Identity,
            Destination = file.Destination,
            Length = file.Length,
            BlockRecords = options.Exports.BlockRecords,
            IsForced = file.IsForced,
            IsAgain = before is not null,
            ReceivedAt = file.Source.ReceivedAt,
            StartedAt = now,
            Report = ExportPlaces.Report(file, now),
            RepairedBy = before?.RepairedBy ?? [],
        };
    }
}

/// <summary>Hears how far a file is.</summary>
public interface IExportWatch
{
    /// <summary>The pipeline that sends it, from now on.</summary>
    void Begins(EventPipeline pipeline);

    /// <summary>So many more bytes of the file were read.</summary>
    void Reads(int bytes);
}

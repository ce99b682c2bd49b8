using System.Buffers;
using System.Security.Cryptography;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports.Files;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>One run over one file, under its lease, in five steps.</summary>
internal sealed class ExportRun(
    PipelineSetup setup,
    CaxOptions options,
    ProfileCatalog profiles,
    ExportStores stores,
    ExportStates states,
    ExportFile file,
    ExportLease lease,
    IExportWatch? watch)
{
    private const int HashedAtATime = 256 * 1_024;

    private readonly ExportEnd _end = new(stores, states, lease, setup.Time);

    public TimeSpan? HoldFor { get; init; }

    /// <summary>
    /// A bug is told by whoever called; the file is not left to a lease that nobody renews. A store that cannot be written to is no reason to fail: the file
    /// is known as open, and is taken up when its lease is over.
    /// </summary>
    public async Task<ExportResult> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await StepsAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && lease.Lost.IsCancellationRequested)
        {
            return new ExportResult(ExportEnding.Busy, null, null, lease.WhyLost, lease.State.Report, null);
        }
        catch (IOException e)
        {
            return new ExportResult(ExportEnding.Waiting, null, FileVerdict.Waiting, e.Message, lease.State.Report, null);
        }
        catch
        {
            await LeaveAsync();
            throw;
        }
    }

    private async ValueTask LeaveAsync()
    {
        try
        {
            await _end.WaitsAsync(null, "the run failed in a way it should not, which is a bug of the connector", CancellationToken.None);
        }
        catch (IOException)
        {
            // The bug is what counts.
        }
    }

    private async Task<ExportResult> StepsAsync(CancellationToken cancellation)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            // 1. Know the bytes: the same ones are not sent twice.
            var sha256 = lease.State.Sha256 ?? await HashAsync(running.Token);

            // 2. Know the shape: format, encoding, columns, profile.
            await using var opened = await OpenAsync(running.Token);
            var mapping = profiles.VersionOf(opened.Layout.Profile);
            if (await SameAsync(sha256, mapping, running.Token) is { } same)
            {
                return await _end.RepeatedAsync(opened.Layout, sha256, same, running.Token);
            }

            // 3. Know where to go on. What was decided after that place is decided anew.
            await BeginAsync(sha256, mapping, opened.Layout, running.Token);

            // 4. Send.
            var (result, reader) = await SendAsync(opened, running.Token);
            await using var _ = reader;

            // 5. Tell.
            return await EndAsync(result, reader, opened.Layout);
        }
        catch (IOException e) when (!lease.Lost.IsCancellationRequested)
        {
            return await BrokenAsync(e.Message, null);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested && !lease.Lost.IsCancellationRequested)
        {
            return await _end.WaitsAsync(null, "it was interrupted", CancellationToken.None);
        }
    }

    private async ValueTask<string> HashAsync(CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var input = await file.Source.Open(cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(HashedAtATime);
        try
        {
            while (await input.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async ValueTask<RecordFile> OpenAsync(CancellationToken cancellation)
    {
        var input = await file.Source.Open(cancellation);
        return await RecordFile.OpenAsync(
            watch is null ? input : new WatchedStream(input, watch), file.Path, options.Sources, profiles, file.Hints, cancellation);
    }

    /// <summary>Asked for a file that is new; one that was begun goes on.</summary>
    private async ValueTask<KnownContent?> SameAsync(string sha256, string mapping, CancellationToken cancellation) =>
        lease.State is { Runs: 0, IsForced: false }
        && await states.SameAsync(sha256, file.Destination, cancellation) is { } same && same.Mapping == mapping
            ? same
            : null;

    private async ValueTask BeginAsync(string sha256, string mapping, FileLayout layout, CancellationToken cancellation)
    {
        var state = lease.State;
        var isOther = state.Mapping is { } before && before != mapping;
        var from = isOther ? Checkpoint.Start : state.Checkpoint;
        if (state.Runs > 0 || state.IsAgain)
        {
            var letters = new BlockLetters(SiteId, file.Source.Identity, file.Source.ReceivedAt, from.Block);
            await setup.DeadLetters.ForgetAsync(letters, cancellation);
        }

        if (state.Runs > 0)
        {
            await ForgetPiecesAsync(state, from.Block, cancellation);
            await stores.Receipts.ForgetAsync(
                ExportPlaces.ReceiptDay(state),
                ExportPlaces.ReceiptsOf(file.Key),
                name => ExportPlaces.BlockOf(name) > from.Block,
                cancellation);
        }

        await lease.WriteAsync(
            now => now with
            {
                Sha256 = sha256, Mapping = mapping, Layout = LayoutNote.Of(layout), Checkpoint = from, Runs = now.Runs + 1, Verdict = null, Why = null,
            },
            cancellation);
    }

    private async ValueTask ForgetPiecesAsync(ExportState state, int after, CancellationToken cancellation)
    {
        var pieces = await stores.Repairs.ListAsync(ExportPlaces.Pieces(state), cancellation).ToListAsync(cancellation);
        foreach (var piece in pieces.Where(piece => ExportPlaces.BlockOf(piece) > after))
        {
            await stores.Repairs.DeleteAsync(piece, cancellation);
        }
    }

    private async Task<(RunResult Result, BlockReader Reader)> SendAsync(RecordFile opened, CancellationToken cancellation)
    {
        var isResumed = lease.State.Runs > 1;
        var pipeline = new EventPipeline(setup, new RunOptions
        {
            HoldFor = HoldFor,
            ForgetsProcess = isResumed,
            IgnoreEarlierRuns = lease.State.IsForced,
            DeadLetters = new LeasedLetters(setup.DeadLetters.Begin(), lease),
        });
        watch?.Begins(pipeline);
        var progress = new ExportProgress(file, options.Sources.Name, opened.Layout, lease, stores, () => pipeline.Accounts);
        var reader = new BlockReader(opened, lease.State.Checkpoint, lease.State.BlockRecords);
        var reading = new BrokenOff();
        var blocks = reading.GuardAsync(reader.BlocksAsync(number => progress.Begin(new ExportBlock(number, reader, progress) { Hints = file.Hints }), cancellation), cancellation);
        var began = setup.Time.GetTimestamp();
        var result = reading.AddTo(await pipeline.RunAsync(blocks, cancellation));
        _end.Worked = setup.Time.GetElapsedTime(began);
        _end.Progress = progress;
        return (result, reader);
    }

    private async Task<ExportResult> EndAsync(RunResult result, BlockReader reader, FileLayout layout)
    {
        if (reader.IsAtEnd && lease.State.Checkpoint.Block == reader.LastBlock)
        {
            return await _end.DoneAsync(result, layout, reader.Refusal, CancellationToken.None);
        }

        var why = result.Unreadable is [var unreadable, ..] ? unreadable
            : result.Stopped.Values.FirstOrDefault() is { } stopped ? stopped.Detail ?? stopped.Reason!
            : result.Interrupted ? "it was interrupted"
            : result.Accounts.Records.Returned > 0 ? $"not everything could be sent: {string.Join(", ", result.Accounts.Reasons.Keys)}"
            : "what became of it could not be written down";
        return result.Unreadable.Count > 0 ? await BrokenAsync(why, result) : await _end.WaitsAsync(result, why, CancellationToken.None);
    }

    /// <summary>A file that is another one now is done with; anything else may pass.</summary>
    private async Task<ExportResult> BrokenAsync(string why, RunResult? result)
    {
        bool isThere;
        try
        {
            isThere = await file.IsUnchanged(CancellationToken.None);
        }
        catch (IOException)
        {
            // Nobody can tell now.
            isThere = true;
        }

        return isThere ? await _end.WaitsAsync(result, why, CancellationToken.None) : await _end.GoneAsync(result, CancellationToken.None);
    }

    private string? SiteId => options.Destinations.GetValueOrDefault(file.Destination)?.SiteId;
}

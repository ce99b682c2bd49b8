using System.Globalization;
using Cax.Core.Documents;
using Cax.Core.Exports;
using Cax.Core.Reports.Files;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Exports;

/// <summary>Processes that get in each other's way, die at an awkward moment, or lose their stores.</summary>
public sealed class ExportInterleavingTests
{
    private readonly ExportRig _rig = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_loses_its_lease_writes_nothing_more_also_when_a_store_never_answers(bool hangs)
    {
        var file = _rig.File("leads.ndjson", Lines(250));
        var isSlow = true;
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: isSlow ? TimeSpan.FromSeconds(15) : null);
        var life = new ProcessLife();
        var loser = Task.Run(() => _rig.Process(life).RunAsync(file, watch: null, CancellationToken.None));
        await _rig.Clock.RunAsync(_rig.Endpoint.PostedAsync(0));
        life.Store = (_, cancellation) => hangs ? Task.Delay(Timeout.Infinite, cancellation) : throw new IOException("out of reach");
        await _rig.Clock.RunAsync(Task.Delay(TimeSpan.FromSeconds(70), _rig.Clock));
        isSlow = false;

        var winner = await _rig.RunAsync(file);
        var (reports, repairs, flushes) = (_rig.Reports.Texts, _rig.Repairs.Texts, _rig.DeadLetters.Flushes);
        life.Store = static (_, _) => Task.CompletedTask;
        var lost = await _rig.Clock.RunAsync(loser);

        Assert.Equal((ExportEnding.Done, FileVerdict.SentWithRejections, 250), (winner.Ending, winner.Verdict, winner.Records!.Total));

        // A store that refuses lets the run come to its end before the lease does.
        Assert.Equal(hangs ? ExportEnding.Busy : ExportEnding.Waiting, lost.Ending);
        Assert.Equal(reports, _rig.Reports.Texts);
        Assert.Equal(repairs, _rig.Repairs.Texts);
        Assert.Equal(flushes, _rig.DeadLetters.Flushes);
        Assert.Equal(5, _rig.DeadLetters.Letters.Count);
        Assert.Equal(245, _rig.Endpoint.AcceptedIds.Distinct().Count());
    }

    [Fact]
    public async Task A_store_that_fails_for_less_than_a_lease_interrupts_nothing()
    {
        var isSlow = true;
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: isSlow ? TimeSpan.FromSeconds(15) : null);
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        var life = new ProcessLife();
        var run = Task.Run(() => _rig.Process(life).RunAsync(_rig.File("leads.ndjson", Lines(150)), watch: null, CancellationToken.None));
        await _rig.Clock.RunAsync(_rig.Endpoint.PostedAsync(0));
        life.Store = (name, _) => name.StartsWith("progress/state/", StringComparison.Ordinal) ? throw new IOException("out of reach") : Task.CompletedTask;
        await _rig.Clock.RunAsync(Task.Delay(TimeSpan.FromSeconds(12), _rig.Clock));
        life.Store = static (_, _) => Task.CompletedTask;

        var result = await _rig.Clock.RunAsync(run);

        Assert.Equal((ExportEnding.Done, 150), (result.Ending, result.Records!.Total));
        Assert.Equal(147, _rig.Endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task A_success_whose_answer_was_lost_is_no_loss_of_the_lease()
    {
        var states = new ExportStates(new TwiceWritten(_rig.Reports));
        var lease = await ExportLease.TakeAsync(states, State("0123456789abcdef"), null, "process", _rig.Clock, CancellationToken.None);
        await lease!.WriteAsync(state => state with { Runs = 1 }, CancellationToken.None);
        var other = await ExportLease.TakeAsync(states, State("0123456789abcdef"), null, "process", _rig.Clock, CancellationToken.None);
        var isLost = lease.Lost.IsCancellationRequested;
        await lease.DisposeAsync();

        Assert.False(isLost);
        Assert.Null(other);
    }

    [Fact]
    public async Task The_same_file_delivered_twice_at_once_is_sent_once_to_one_process_and_to_two()
    {
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: TimeSpan.FromSeconds(5));
        var file = _rig.File("leads.ndjson", Lines(40));
        var (one, other) = (_rig.Process(), _rig.Process());

        var results = await _rig.Clock.RunAsync(Task.WhenAll(((ExportRuns[])[one, one, other]).Select(runs =>
            Task.Run(() => runs.RunAsync(file, watch: null, CancellationToken.None)))));

        Assert.Equal([ExportEnding.Done, ExportEnding.Busy, ExportEnding.Busy], results.Select(result => result.Ending).Order());
        Assert.Equal(40, _rig.Endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task A_process_may_die_between_any_two_of_its_steps_and_everything_comes_to_the_same_end()
    {
        var whole = await RepairedAsync(new ProcessLife());
        var steps = 0;
        for (var isKilled = true; isKilled; steps++)
        {
            var life = new ProcessLife(steps);
            var end = await RepairedAsync(life);
            isKilled = life.Ended.IsCompleted;

            Assert.True(whole == end, $"after {steps} steps: {end} rather than {whole}");
        }

        Assert.InRange(steps, 50, 500);
    }

    [Fact]
    public async Task A_store_may_fail_at_any_step_and_everything_comes_to_the_same_end()
    {
        var whole = await RepairedAsync(new ProcessLife());
        var steps = 0;
        for (var hasFailed = true; hasFailed; steps++)
        {
            var left = steps;
            hasFailed = false;
            var life = new ProcessLife
            {
                Store = (_, _) =>
                {
                    if (Interlocked.Decrement(ref left) != -1)
                    {
                        return Task.CompletedTask;
                    }

                    hasFailed = true;
                    throw new IOException("out of reach");
                },
            };
            var end = await RepairedAsync(life);

            Assert.True(whole == end, $"failed at step {steps}: {end} rather than {whole}");
        }

        Assert.InRange(steps, 30, 500);
    }

    [Fact]
    public async Task A_state_that_is_damaged_keeps_no_other_file_from_going_on_and_is_told_of()
    {
        _rig.Endpoint.Answer = _ => 503;
        _rig.HoldFor = TimeSpan.Zero;
        var files = new Dictionary<string, ExportFile>();
        foreach (var name in (string[])["a.ndjson", "b.ndjson", "c.ndjson"])
        {
            files[name] = _rig.File(name, Lines(10) + Leads.Event(name) + "\n");
            await _rig.RunAsync(files[name]);
        }

        _rig.Endpoint.Answer = _ => 200;
        var damaged = _rig.Named("progress/state/").First();
        await _rig.Reports.WriteAsync(damaged, "{"u8.ToArray(), CancellationToken.None);

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => _rig.Clock.RunAsync(_rig.ResumeAsync(name => files[name])));

        Assert.Contains("Delete it", failure.Message, StringComparison.Ordinal);
        Assert.Single(_rig.Named("progress/open/"));
        Assert.Equal(22, _rig.Endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task A_note_of_a_file_that_was_never_begun_does_not_stay_for_ever()
    {
        var states = new ExportStates(_rig.Reports);
        await states.MarkAsync(State("0123456789abcdef") with { LeaseUntil = _rig.Clock.UtcNow.AddMinutes(1) }, CancellationToken.None);

        await _rig.ResumeAsync(_ => throw new InvalidOperationException());
        var first = _rig.Named("progress/open/").Count();
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        await _rig.ResumeAsync(_ => throw new InvalidOperationException());

        Assert.Equal((1, 0), (first, _rig.Named("progress/open/").Count()));
    }

    [Fact]
    public async Task A_file_that_is_begun_again_while_another_process_closes_it_stays_noted_as_open()
    {
        var states = new ExportStates(_rig.Reports);
        var done = State("0123456789abcdef") with { Status = ExportStatus.Done };
        await states.TryWriteAsync(done, null, CancellationToken.None);
        var tag = (await states.FindAsync(done.Key, CancellationToken.None))!.Value.Tag;
        await using var lease = await ExportLease.TakeAsync(states, done with { IsAgain = true }, tag, "process", _rig.Clock, CancellationToken.None);

        await states.CloseAsync(done.Key, CancellationToken.None);

        Assert.Single(_rig.Named("progress/open/"));
    }

    [Fact]
    public async Task A_run_that_is_cut_off_in_the_middle_waits_and_the_next_one_ends_it()
    {
        using var late = new CancellationTokenSource();
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { Concurrency = 1 }, Batching = _rig.Options.Batching with { MaxEvents = 20 } };
        _rig.Endpoint.Answer = _ =>
        {
            if (_rig.Endpoint.Requests.Count == 40)
            {
                late.Cancel();
            }

            return 200;
        };
        var file = _rig.File("leads.ndjson", Lines(2_000));

        var cut = await _rig.Clock.RunAsync(Task.Run(() => _rig.Process().RunAsync(file, watch: null, late.Token)));
        await _rig.Clock.RunAsync(_rig.ResumeAsync(_ => file));

        Assert.Equal((ExportEnding.Waiting, "it was interrupted"), (cut.Ending, cut.Why));
        Assert.InRange(cut.Records!.Total, 100, 1_000);
        Assert.Empty(_rig.Named("progress/open/"));
        Assert.Equal(1_960, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.InRange(_rig.Endpoint.AcceptedIds.Count(), 1_960, 1_960 + 700);
        Assert.Contains("\"accepted_object_count\": 1960", _rig.Report().Replace("\":1960", "\": 1960", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlapping_export_is_told_apart_also_when_its_run_dies()
    {
        _rig.Options = _rig.Options with { Duplicates = _rig.Options.Duplicates with { AcrossRuns = 7 }, Exports = _rig.Options.Exports with { BlockRecords = 20 } };
        await _rig.RunAsync(_rig.File("monday.ndjson", Leads(0, 100)));
        _rig.Clock.Advance(TimeSpan.FromDays(1));
        var tuesday = _rig.File("tuesday.ndjson", Leads(60, 200));
        var life = new ProcessLife(60);

        var died = await _rig.RunAsync(tuesday, life);
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        var result = await _rig.RunAsync(tuesday);

        Assert.Null(died);
        Assert.Equal((140, 100, 40), (result.Records!.Total, result.Records.Sent, result.Records.Skipped));
        Assert.Equal(200, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Contains("already_sent", _rig.Reports.Texts[result.Report + "/report.json"], StringComparison.Ordinal);

        static string Leads(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i => Support.Leads.Event(Support.Leads.Id(i)) + "\n"));
    }

    [Fact]
    public async Task A_file_that_is_offered_when_it_is_gone_and_looked_at_by_somebody_else_is_left_to_them()
    {
        var states = new ExportStates(_rig.Reports);
        var file = _rig.File("gone.ndjson", "");
        await using var lease = await ExportLease.TakeAsync(states, State(file.Key), null, "another", _rig.Clock, CancellationToken.None);

        var result = await _rig.Process().MissAsync(file, CancellationToken.None);

        Assert.Equal(ExportEnding.Busy, result.Ending);
    }

    /// <summary>Sends a file, and then its repair, of which one record is still bad, by a process of its own; then what the timer and the host do.</summary>
    /// <returns>Everything that is to be the same in the end.</returns>
    private static async Task<string> RepairedAsync(ProcessLife life)
    {
        var rig = new ExportRig();
        rig.Options = rig.Options with { Exports = rig.Options.Exports with { BlockRecords = 1 } };
        var first = await rig.RunAsync(rig.File("leads.ndjson", Bad(1) + Bad(2) + Bad(3)));
        var lines = rig.Repairs.Texts.Single().Value.Split('\n');
        lines[0] = lines[0].Replace("\"event_name\":\"\"", "\"event_name\":\"generate_lead\"", StringComparison.Ordinal);
        var repair = rig.File("repair.ndjson", string.Join('\n', lines[..2]) + "\n");

        // What the host is thrown before the file is known, it offers again.
        _ = await Xunit.Record.ExceptionAsync(() => rig.RunAsync(repair, life));
        rig.Clock.Advance(TimeSpan.FromMinutes(2));
        await rig.Clock.RunAsync(rig.ResumeAsync(_ => repair));
        var again = await rig.RunAsync(repair);

        Assert.Contains(again.Ending, (ExportEnding[])[ExportEnding.Done, ExportEnding.WasDone]);
        var report = rig.Reports.Texts[again.Report + "/report.json"];
        var original = rig.Reports.Texts[first.Report + "/report.json"];
        var rest = rig.Repairs.Texts.Where(text => text.Key.Contains(again.Report!, StringComparison.Ordinal)).Select(text => $"{text.Key[(text.Key.LastIndexOf('/') + 1)..]}={text.Value}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            open {rig.Named("progress/open/").Count()}, running {rig.Reports.Texts.Count(text => text.Value.Contains("\"status\":\"Running\"", StringComparison.Ordinal))},
            letters {rig.DeadLetters.Letters.Count}, sent {rig.Endpoint.AcceptedIds.Distinct().Count()}, pieces {rig.Repairs.Texts.Count(text => text.Key.Contains("/pieces/", StringComparison.Ordinal))},
            told of {report.Contains(first.Report!, StringComparison.Ordinal)} {original.Contains(again.Report!, StringComparison.Ordinal)} {report.Contains("repair.ndjson", StringComparison.Ordinal)},
            {Counts(report)} {Counts(original)}, repairs {string.Join(' ', rest)}
            """);

        static string Bad(int i) => Leads.Event(Leads.Id(i)).Replace("\"event_name\":\"generate_lead\"", "\"event_name\":\"\"", StringComparison.Ordinal) + "\n";

        static string Counts(string report)
        {
            using var json = System.Text.Json.JsonDocument.Parse(report);
            return json.RootElement.GetProperty("data").GetRawText() + json.RootElement.GetProperty("meta").GetProperty("verdict").GetRawText();
        }
    }

    private static ExportState State(string key) => new()
    {
        Key = key, Name = "exports/a.ndjson", Path = "a.ndjson", Identity = "a", Destination = "default", Report = "files/a.ndjson/1",
    };

    /// <summary>Leads; each fiftieth has no event_name.</summary>
    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        (i % 50 == 49 ? Leads.Event(Leads.Id(i)).Replace("\"event_name\":\"generate_lead\"", "\"event_name\":\"\"", StringComparison.Ordinal) : Leads.Event(Leads.Id(i))) + "\n"));

    /// <summary>Each write succeeds, its answer is lost, and the client writes once more.</summary>
    private sealed class TwiceWritten(InMemoryDocuments inner) : IDocumentStore
    {
        public string Name => inner.Name;

        public ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation) => inner.ReadAsync(name, cancellation);

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation) => inner.OpenAsync(name, cancellation);

        public ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) => inner.WriteAsync(name, content, cancellation);

        public ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) => inner.WriteAsync(name, write, cancellation);

        public async ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
        {
            await inner.TryWriteAsync(name, content, tag, cancellation);
            return await inner.TryWriteAsync(name, content, tag, cancellation);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

        public ValueTask DeleteAsync(string name, CancellationToken cancellation) => inner.DeleteAsync(name, cancellation);
    }
}

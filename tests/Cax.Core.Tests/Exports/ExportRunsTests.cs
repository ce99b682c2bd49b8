using System.Text.Json;
using System.Text.Json.Nodes;
using Cax.Core.Exports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Exports;

/// <summary>Export files from the front door, with processes that die.</summary>
public sealed class ExportRunsTests
{
    private readonly ExportRig _rig = new();

    [Fact]
    public async Task A_file_is_sent_block_by_block_and_its_report_says_what_became_of_it()
    {
        var result = await _rig.RunAsync(_rig.File("leads.ndjson", Lines(1_050)));

        Assert.Equal((ExportEnding.Done, FileVerdict.SentWithRejections), (result.Ending, result.Verdict));
        Assert.Equal((1_050, 1_050 - 21, 21), (result.Records!.Total, result.Records.Sent, result.Records.DeadLettered));
        Assert.Equal(11, _rig.Named("progress/parts/").Count());
        Assert.Empty(_rig.Named("progress/open/"));
        Assert.Equal(21, _rig.DeadLetters.Letters.Count);
        using var report = JsonDocument.Parse(_rig.Report());
        Assert.Equal((1_029, 21), (
            report.RootElement.GetProperty("data").GetProperty("accepted_object_count").GetInt32(),
            report.RootElement.GetProperty("data").GetProperty("rejected_object_count").GetInt32()));
        Assert.Equal(21, Repair().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("leads.ndjson", _rig.Report("/report.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_process_that_is_killed_three_times_at_random_loses_nothing_and_parks_nothing_twice(int seed)
    {
        const int records = 2_000;
        var whole = new ExportRig();
        await whole.RunAsync(whole.File("leads.ndjson", Lines(records)));
        var chance = new Random(seed);
        var file = _rig.File("leads.ndjson", Lines(records));
        var deaths = 0;
        for (var i = 0; i < 3; i++)
        {
            deaths += await _rig.RunAsync(file, new ProcessLife(chance.Next(3, 60))) is null ? 1 : 0;
            _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var result = await _rig.RunAsync(file);

        Assert.True(deaths > 0);
        Assert.Contains(result.Ending, (ExportEnding[])[ExportEnding.Done, ExportEnding.WasDone]);
        Assert.Equal(records - 40, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(40, _rig.DeadLetters.Letters.Count);
        Assert.Equal(40, _rig.DeadLetters.Letters.Select(letter => letter.Origin.Line).Distinct().Count());
        Assert.Equal(Comparable(whole.Report()), Comparable(_rig.Report()));
        Assert.Equal(Repair(whole), Repair());

        // What a dead process had sent and not written down is sent again, and no more than that: three times what is under way at most.
        var repeated = _rig.Endpoint.AcceptedIds.Count() - (records - 40);
        Assert.InRange(repeated, 0, deaths * records);
    }

    [Fact]
    public async Task A_process_that_is_killed_at_any_of_its_steps_leaves_a_report_and_a_repair_that_are_whole()
    {
        const int records = 200;
        var whole = Small();
        await whole.RunAsync(whole.File("leads.ndjson", Lines(records)));
        for (var step = 1; ; step++)
        {
            var rig = Small();
            var file = rig.File("leads.ndjson", Lines(records));
            var isDone = await rig.RunAsync(file, new ProcessLife(step)) is not null;
            rig.Clock.Advance(TimeSpan.FromMinutes(2));
            await rig.RunAsync(file);

            Assert.True(Repair(whole) == Repair(rig), $"killed at step {step}: the repair is another one");
            Assert.True(Comparable(whole.Report()) == Comparable(rig.Report()), $"killed at step {step}: the report is another one");
            Assert.True(rig.DeadLetters.Letters.Count == 4, $"killed at step {step}: {rig.DeadLetters.Letters.Count} are parked");
            Assert.Equal(records - 4, rig.Endpoint.AcceptedIds.Distinct().Count());
            if (isDone)
            {
                break;
            }
        }

        static ExportRig Small()
        {
            var rig = new ExportRig();
            rig.Options = rig.Options with { Exports = new ExportOptions { BlockRecords = 40 } };
            return rig;
        }
    }

    [Fact]
    public async Task A_destination_that_is_down_for_two_hours_and_two_deaths_need_no_person()
    {
        var back = _rig.Clock.UtcNow.AddHours(2);
        _rig.Endpoint.Answer = posted => posted.At < back ? 503 : 200;
        _rig.HoldFor = TimeSpan.FromMinutes(50);
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { BackoffCap = TimeSpan.FromMinutes(4) } };
        var file = _rig.File("leads.ndjson", Lines(700));
        var deaths = 0;
        var isThrown = false;
        for (var minute = 0; minute == 0 || (minute < 200 && _rig.Named("progress/open/").Any()); minute++)
        {
            var life = new ProcessLife();
            var posted = _rig.Endpoint.Requests.Count;
            var run = Task.Run(() => minute == 0 ? _rig.Process(life).RunAsync(file, watch: null, CancellationToken.None) : _rig.ResumeAsync(_ => file, life));
            if (minute < 2)
            {
                // It dies while it holds on to what nobody takes.
                await _rig.Clock.RunAsync(_rig.Endpoint.PostedAsync(posted));
                await _rig.Clock.RunAsync(Task.WhenAny(run, Task.Delay(TimeSpan.FromMinutes(10), _rig.Clock)));
                deaths += run.IsCompleted ? 0 : 1;
                life.Kill();
            }
            else
            {
                await _rig.Clock.RunAsync(Task.WhenAny(run));
                isThrown |= run.IsFaulted;
            }

            _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((2, false), (deaths, isThrown));
        Assert.Equal(700 - 14, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(14, _rig.DeadLetters.Letters.Count);
        Assert.Contains("\"verdict\"", _rig.Report(), StringComparison.Ordinal);
        Assert.DoesNotContain(_rig.Reports.Texts, text => text.Value.Contains("\"status\":\"Waiting\"", StringComparison.Ordinal));
        Assert.InRange(_rig.Clock.UtcNow, back, back.AddMinutes(60));
    }

    [Fact]
    public async Task One_at_a_time_and_eight_at_once_give_the_same_report_and_the_same_repair()
    {
        var (one, eight) = (new ExportRig(), new ExportRig());
        foreach (var (rig, atOnce) in new[] { (one, 1), (eight, 8) })
        {
            rig.Options = rig.Options with
            {
                Delivery = rig.Options.Delivery with { Concurrency = atOnce },
                Batching = rig.Options.Batching with { MaxEvents = 7 },
                Exports = rig.Options.Exports with { BlockRecords = 40 },
            };
            var chance = new Random(5);
            rig.Endpoint.Answer = posted => new Answered(
                posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200, Wait: TimeSpan.FromMilliseconds(chance.Next(50)));
            await rig.RunAsync(rig.File("leads.ndjson", Lines(250, poisoned: true)));
        }

        Assert.Equal(Comparable(one.Report()), Comparable(eight.Report()));
        Assert.Equal(Repair(one), Repair(eight));
        Assert.NotEmpty(Repair(one));
    }

    [Fact]
    public async Task A_file_that_was_sent_is_not_sent_again_unless_it_is_forced()
    {
        var file = _rig.File("leads.ndjson", Lines(10));
        await _rig.RunAsync(file);

        var again = await _rig.RunAsync(file);
        var forced = await _rig.RunAsync(file with { IsForced = true });

        Assert.Equal(ExportEnding.WasDone, again.Ending);
        Assert.NotNull(again.Report);
        Assert.Equal((ExportEnding.Done, 20), (forced.Ending, _rig.Endpoint.AcceptedIds.Count()));
    }

    [Fact]
    public async Task The_same_bytes_under_another_name_are_skipped_with_a_report_unless_forced_or_mapped_otherwise()
    {
        await _rig.RunAsync(_rig.File("monday.ndjson", Lines(10)));

        var same = await _rig.RunAsync(_rig.File("tuesday.ndjson", Lines(10)));
        var forced = await _rig.RunAsync(_rig.File("wednesday.ndjson", Lines(10)) with { IsForced = true });
        _rig.Profiles = ProfileCatalogWith(Tills.Document());
        var otherwise = await _rig.RunAsync(_rig.File("thursday.ndjson", Lines(10)));

        Assert.Equal((ExportEnding.Done, FileVerdict.Repeated, null), (same.Ending, same.Verdict, same.Run));
        Assert.Contains("monday.ndjson", _rig.Reports.Texts[same.Report + "/report.json"], StringComparison.Ordinal);
        Assert.Equal([FileVerdict.Sent, FileVerdict.Sent], [forced.Verdict!.Value, otherwise.Verdict!.Value]);
        Assert.Equal(30, _rig.Endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task A_file_that_is_another_one_when_it_is_gone_on_with_begins_anew_with_a_changed_profile_too()
    {
        _rig.HoldFor = TimeSpan.Zero;
        _rig.Endpoint.Answer = posted => _rig.Endpoint.AcceptedIds.Count() < 300 ? 200 : 503;
        var file = _rig.File("leads.ndjson", Lines(700));
        var waits = await _rig.RunAsync(file);
        _rig.Endpoint.Answer = _ => 200;
        _rig.Profiles = ProfileCatalogWith(Tills.Document());

        var result = await _rig.RunAsync(file);

        Assert.Equal(ExportEnding.Waiting, waits.Ending);
        Assert.Equal((ExportEnding.Done, 700), (result.Ending, result.Records!.Total));
        Assert.Equal(result.Run!.Accounts.Records.Total, result.Records.Total);
        Assert.Equal(14, _rig.DeadLetters.Letters.Count);
    }

    [Fact]
    public async Task A_run_that_goes_on_reads_only_what_is_left_and_the_report_tells_the_whole()
    {
        _rig.HoldFor = TimeSpan.Zero;
        _rig.Endpoint.Answer = posted => _rig.Endpoint.AcceptedIds.Count() < 300 ? 200 : 503;
        _rig.Options = _rig.Options with { Batching = _rig.Options.Batching with { MaxEvents = 50 } };
        var file = _rig.File("leads.ndjson", Lines(700));
        await _rig.RunAsync(file);
        _rig.Endpoint.Answer = _ => 200;

        var result = await _rig.RunAsync(file);

        Assert.Equal((700, 686, 14), (result.Records!.Total, result.Records.Sent, result.Records.DeadLettered));
        Assert.InRange(result.Run!.Accounts.Records.Total, 300, 500);
    }

    [Fact]
    public async Task A_file_that_somebody_writes_to_meanwhile_is_gone_and_what_was_sent_of_it_is_told()
    {
        var reads = 0;
        var content = System.Text.Encoding.UTF8.GetBytes(Lines(5_000));
        var file = _rig.File("leads.ndjson", content) with { IsUnchanged = _ => new(false) };
        file = file with { Source = file.Source with { Open = _ => new(reads++ < 1 ? new MemoryStream(content) : new ChangingStream(content)) } };

        var result = await _rig.RunAsync(file);

        Assert.Equal((ExportEnding.Done, FileVerdict.Gone), (result.Ending, result.Verdict));
        Assert.InRange(result.Records!.Total, 1, 4_999);
        Assert.Equal(result.Run!.Accounts.Records, result.Records);
        Assert.Equal((_rig.Endpoint.AcceptedIds.Count(), _rig.DeadLetters.Letters.Count), (result.Records.Sent, result.Records.DeadLettered));
        Assert.Equal(result.Records.Total, _rig.Named("receipts/").Sum(name => _rig.Reports.Texts[name].Count(letter => letter == '\n')));
        Assert.Empty(_rig.Repairs.Texts);
        Assert.Contains("deleted or written anew", _rig.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_damaged_is_named_and_once_deleted_the_file_is_sent()
    {
        _rig.Endpoint.Answer = _ => 503;
        var file = _rig.File("leads.ndjson", Lines(200));
        await _rig.RunAsync(file);
        _rig.Endpoint.Answer = _ => 200;
        var state = _rig.Named("progress/state/").Single();
        await _rig.Reports.WriteAsync(state, "{"u8.ToArray(), CancellationToken.None);

        var damaged = await Assert.ThrowsAnyAsync<IOException>(() => _rig.RunAsync(file));
        await _rig.Reports.DeleteAsync(state, CancellationToken.None);
        var result = await _rig.RunAsync(file);

        Assert.Contains(state, damaged.Message, StringComparison.Ordinal);
        Assert.Equal((ExportEnding.Done, 200), (result.Ending, result.Records!.Total));
        Assert.Equal(4, _rig.DeadLetters.Letters.Count);
    }

    [Theory]
    [InlineData("", FileVerdict.Refused)]
    [InlineData("[]", FileVerdict.Empty)]
    [InlineData("[1", FileVerdict.SentWithRejections)]
    public async Task A_file_without_records_has_a_defined_end(string content, FileVerdict verdict)
    {
        var result = await _rig.RunAsync(_rig.File("leads.json", content));

        Assert.Equal((ExportEnding.Done, verdict), (result.Ending, result.Verdict));
        Assert.Empty(_rig.Endpoint.Requests);
    }

    [Fact]
    public async Task A_header_that_does_not_decode_refuses_the_file_which_is_read_anew_when_it_is_sent_again()
    {
        byte[] content = [.. "lead_id,created_at,Stra"u8, 0xDF, .. "e\nL-1,2026-11-20T10:00:00Z,x\n"u8];
        var file = _rig.File("leads.csv", content);

        var first = await _rig.RunAsync(file);
        var second = await _rig.RunAsync(file);

        Assert.Equal((ExportEnding.Done, FileVerdict.Refused, 1), (first.Ending, first.Verdict, first.Records!.DeadLettered));
        Assert.Contains(ReasonCodes.InvalidText, _rig.Reports.Texts[first.Report + "/report.json"], StringComparison.Ordinal);
        Assert.Equal(ExportEnding.Done, second.Ending);
        Assert.Single(_rig.DeadLetters.Letters);
    }

    [Fact]
    public async Task A_file_that_is_not_there_any_more_has_a_report_that_says_so()
    {
        var result = await _rig.Process().MissAsync(_rig.File("gone.ndjson", ""), CancellationToken.None);

        Assert.Equal((ExportEnding.Done, FileVerdict.Gone), (result.Ending, result.Verdict));
        Assert.Contains("gone.ndjson", _rig.Report(), StringComparison.Ordinal);
        Assert.Empty(_rig.Named("progress/open/"));
    }

    [Fact]
    public async Task A_repair_is_known_as_the_repair_of_its_file_and_the_two_reports_refer_to_each_other()
    {
        var first = await _rig.RunAsync(_rig.File("leads.ndjson", Lines(100)));
        var repaired = Repair().Replace("\"event_name\":\"\"", "\"event_name\":\"generate_lead\"", StringComparison.Ordinal);

        var second = await _rig.RunAsync(_rig.File("repaired.ndjson", repaired));

        Assert.Equal((100, 98, 2), (first.Records!.Total, first.Records.Sent, first.Records.DeadLettered));
        Assert.Equal((2, 2, 0), (second.Records!.Total, second.Records.Sent, second.Records.DeadLettered));
        Assert.Contains(second.Report!, _rig.Reports.Texts[first.Report + "/report.json"], StringComparison.Ordinal);
        Assert.Contains(first.Report!, _rig.Reports.Texts[second.Report + "/report.json"], StringComparison.Ordinal);
        Assert.Equal(100, _rig.Endpoint.AcceptedIds.Distinct().Count());
    }

    /// <summary>Leads; each fiftieth has no event_name.</summary>
    private static string Lines(int count, bool poisoned = false) => string.Concat(Enumerable.Range(0, count).Select(i => (i % 50) switch
    {
        49 when poisoned => Leads.Event(Leads.Id(i), "\"note\":\"poison\","),
        49 => Leads.Event(Leads.Id(i)).Replace("\"event_name\":\"generate_lead\"", "\"event_name\":\"\"", StringComparison.Ordinal),
        _ => Leads.Event(Leads.Id(i)),
    } + "\n"));

    private static Cax.Core.Mapping.Profiles.ProfileCatalog ProfileCatalogWith(Cax.Core.Mapping.Profiles.ProfileDocument document) =>
        Cax.Core.Mapping.Profiles.ProfileCatalog.Of([document]);

    private string Repair() => Repair(_rig);

    private static string Repair(ExportRig rig) =>
        rig.Repairs.Texts.Single(text => text.Key.EndsWith("/repair.ndjson", StringComparison.Ordinal)).Value;

    /// <summary>A report without what differs from run to run: times, tries and batches.</summary>
    private static string Comparable(string report)
    {
        var json = JsonNode.Parse(report)!;
        return Strip(json).ToJsonString();

        static JsonNode Strip(JsonNode node)
        {
            if (node is JsonObject fields)
            {
                foreach (var name in fields.Select(field => field.Key).ToList())
                {
                    if (name is "requests" or "batches" or "bytes_sent" or "runs" or "duration" or "worked" || name.EndsWith("_at", StringComparison.Ordinal)
                        || name.Contains("duration", StringComparison.Ordinal) || name.Contains("seconds", StringComparison.Ordinal) || (name is "file" && fields[name] is JsonValue))
                    {
                        fields.Remove(name);
                    }
                    else if (fields[name] is { } child)
                    {
                        Strip(child);
                    }
                }
            }
            else if (node is JsonArray items)
            {
                foreach (var item in items)
                {
                    if (item is not null)
                    {
                        Strip(item);
                    }
                }
            }

            return node;
        }
    }

    /// <summary>Breaks off in the middle, as a blob does that is written anew.</summary>
    private sealed class ChangingStream(byte[] content) : ForwardStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at > content.Length / 2)
            {
                throw new IOException("the blob was changed while it was read");
            }

            var count = Math.Min(buffer.Length, content.Length - _at);
            content.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            return new(count);
        }
    }
}

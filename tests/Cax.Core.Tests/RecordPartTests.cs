using System.Text;
using Cax.Core.Batching;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests;

/// <summary>A message that holds several records: each of them is one.</summary>
public sealed class RecordPartTests
{
    private readonly PipelineRig _rig = new() { Mapper = new SplittingMapper() };

    [Fact]
    public async Task Each_record_of_a_message_is_counted_and_settled_on_its_own_and_the_wrapper_is_not()
    {
        var delivery = new TestDelivery("message", Wrapper(Lead(0), Lead(1), Lead(2)));

        var result = await _rig.RunAsync(delivery);

        Assert.Equal((3, 3), (result.Accounts.Records.Total, result.Accounts.Records.Sent));
        Assert.Equal(3, result.Accounts.Events.Sent);
        Assert.Equal([Leads.Id(0), Leads.Id(1), Leads.Id(2)], _rig.Endpoint.AcceptedIds);
        Assert.Equal(OutcomeKind.Sent, delivery.Settled!.Kind);
    }

    [Fact]
    public async Task One_broken_record_is_parked_alone_and_the_message_waits_for_the_others()
    {
        const string broken = "{\"type\":\"lead.created\"}";
        var delivery = new TestDelivery("message", Lead(9), Wrapper(Lead(0), broken, Lead(2)));
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        var settledEarly = false;
        _rig.Endpoint.Answer = _ =>
        {
            settledEarly |= delivery.Settled is not null;
            return 200;
        };

        var result = await _rig.RunAsync(delivery);

        Assert.Equal((4, 3, 1), (result.Accounts.Records.Total, result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        Assert.Equal(ReasonCodes.InvalidMessage, delivery.Settled!.Reason);
        Assert.False(settledEarly);
        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal(Wrapper(broken), Encoding.UTF8.GetString(letter.Original.Span));

        // In the second record of the delivery, behind the first of its parts.
        var offset = Lead(9).Length + 1 + Wrapper().Length - "]}".Length + Lead(0).Length + 1;
        Assert.Equal((2L, (long)offset - Lead(9).Length, (long)offset, (long)broken.Length), (letter.Origin.Line, letter.Origin.Column, letter.Origin.Offset, letter.Origin.Length));
    }

    [Fact]
    public async Task What_is_refused_of_a_message_is_parked_under_names_of_its_own()
    {
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        var message = Wrapper(Lead(0, "poison"), Lead(1), Lead(2, "poison"), Lead(3));

        var result = await _rig.RunAsync(new TestDelivery("message", message));

        Assert.Equal((2, 2), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        Assert.Equal([Leads.Id(0), Leads.Id(2)], _rig.DeadLetters.Letters.Select(letter => letter.EventId));
    }

    [Fact]
    public async Task Once_a_destination_is_given_up_the_rest_of_a_message_is_returned_record_by_record()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1, MaxPendingBytes = 1 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = _ => 401;
        var delivery = new TestDelivery("message", Wrapper(Lead(0), Lead(1), Lead(2), Lead(3)));

        var result = await _rig.RunAsync(delivery);

        Assert.Equal((4, 4), (result.Accounts.Records.Total, result.Accounts.Records.Returned));
        Assert.Equal(OutcomeKind.Returned, delivery.Settled!.Kind);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_within_a_message_returns_it()
    {
        using var stop = new CancellationTokenSource();
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1, MaxPendingBytes = 1 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = _ =>
        {
            stop.Cancel();
            return 200;
        };
        var delivery = new TestDelivery("message", Wrapper(Lead(0), Lead(1), Lead(2)));

        var result = await _rig.RunAsync(new RunOptions(), stop.Token, delivery);

        Assert.True(result.Interrupted);
        Assert.Empty(result.Accounts.Imbalances());
        Assert.Equal(ReasonCodes.Interrupted, delivery.Settled!.Reason);
    }

    [Fact]
    public async Task A_dead_letter_that_turns_out_to_hold_several_records_is_settled_once_with_the_worst_of_their_outcomes()
    {
        var whole = await ParkedAsync(Wrapper(Lead(0), "{\"type\":\"lead.created\"}", Lead(2)));
        using var plan = new ReplayPlan(_rig.DeadLetters, new ReplayFilter([], null, []), new ReplayOptions(Force: false, DryRun: false), _rig.Clock, _ => { });

        var run = await _rig.Clock.RunAsync(Task.Run(() => new EventPipeline(_rig.Setup, new RunOptions { IgnoreEarlierRuns = true })
            .RunAsync(plan.DeliveriesAsync(CancellationToken.None), CancellationToken.None)));
        var result = await plan.CompleteAsync(run, CancellationToken.None);

        Assert.Equal((3, 2, 1), (result.Accounts.Records.Total, result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        var replay = Assert.Single((await _rig.DeadLetters.ReadResultsAsync(whole.Document, CancellationToken.None))[whole.Name]);
        Assert.Equal((OutcomeKind.DeadLettered, ReasonCodes.InvalidMessage), (replay.Kind, replay.Reason));
    }

    [Fact]
    public async Task Parts_that_are_parked_again_each_keep_a_letter_with_their_own_place_through_any_number_of_replays()
    {
        const string broken = "{\"type\":\"lead.created\"}";
        var whole = await ParkedAsync(Wrapper(broken, Lead(1), broken));

        var first = await ReplayAsync([whole]);
        var second = await ReplayAsync(first);

        Assert.Equal(2, first.Count);
        Assert.Equal(2, second.Count);
        Assert.Equal(first.Select(letter => letter.Origin), second.Select(letter => letter.Origin));
        Assert.Equal(2, first.Select(letter => letter.Origin.Offset).Distinct().Count());
        Assert.All(second, letter => Assert.Equal([ReasonCodes.UnknownPayload, ReasonCodes.InvalidMessage], letter.History.Select(earlier => earlier.Reason)));
    }

    [Fact]
    public async Task A_text_that_holds_a_message_of_several_records_is_opened_on_the_way()
    {
        const string Profile =
            """
            { "profile": "wrapped", "version": 1, "title": "Wrapped leads", "records": [{ "base64": "$.body" }, "$.leads[]", "$"],
              "events": [{ "event": "generate_lead", "time": { "received": true }, "set": { "id": "$.id", "user.email": "$.mail" } }] }
            """;
        var catalog = ProfileCatalog.Of([new ProfileDocument("wrapped.profile.json", Encoding.UTF8.GetBytes(Profile))]);
        var mapping = new MappingOptions { General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } } };
        var rig = new PipelineRig { Mapper = new RecordMapper(mapping, () => catalog) };
        var inner = Convert.ToBase64String("""{"leads":[{"id":1,"mail":"ann@example.com"},{"id":2},{"id":3,"mail":"cleo@example.com"}]}"""u8.ToArray());
        var delivery = new TestDelivery("message", $$"""{"body":"{{inner}}"}""") { Hints = new MappingHints(new ProfileChoice("wrapped", ProfileRule.Queue), new Dictionary<string, string>()) };

        var result = await rig.RunAsync(delivery);

        Assert.Equal((3, 2, 1), (result.Accounts.Records.Total, result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
    }

    [Fact]
    public async Task The_profile_that_knows_one_record_of_a_message_maps_them_all()
    {
        const string Profile =
            """
            { "profile": "club", "version": 1, "title": "Members", "records": ["$.members[]"], "recognise": { "present": "$.card" }, "otherwise": "no_member",
              "events": [{ "event": "generate_lead", "when": { "present": "$.card" }, "time": { "received": true }, "set": { "id": "$.card", "user.email": "$.mail" } }] }
            """;
        var catalog = ProfileCatalog.Of([new ProfileDocument("club.profile.json", Encoding.UTF8.GetBytes(Profile))]);
        var mapping = new MappingOptions { General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } } };
        var rig = new PipelineRig { Mapper = new RecordMapper(mapping, () => catalog) };

        var result = await rig.RunAsync(new TestDelivery("message", """{"members":[{"card":"1","mail":"ann@example.com"},{"mail":"bob@example.com"}]}"""));

        Assert.Equal((2, 1, 1), (result.Accounts.Records.Total, result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
        Assert.Equal(2, result.Accounts.Profiles[new ProfileChoice("club", ProfileRule.Shape)]);
    }

    [Fact]
    public async Task A_mapper_that_finds_a_record_in_itself_is_a_bug_and_not_an_endless_run()
    {
        var rig = new PipelineRig { Mapper = new Endless() };
        var delivery = new TestDelivery("message", "{}");

        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.RunAsync(delivery));

        Assert.Equal(OutcomeKind.Returned, delivery.Settled!.Kind);
    }

    [Fact]
    public void The_place_of_a_record_counts_the_lines_and_columns_of_its_message_in_whatever_order_the_parts_come()
    {
        var wrapper = new Record { Position = new RecordPosition(10, 5, 1_000, 30), Utf8 = "{\n \"a\":[1,\n\n  22,\"é\",3]}"u8.ToArray() };

        var places = wrapper.Split([new RecordPart("1"u8.ToArray(), 8, 1), new RecordPart("3"u8.ToArray(), 22, 1), new RecordPart("22"u8.ToArray(), 14, 2)])
            .Select(part => part.Position);

        Assert.Equal([new RecordPosition(11, 7, 1_008, 1), new RecordPosition(13, 11, 1_022, 1), new RecordPosition(13, 3, 1_014, 2)], places);
        Assert.Equal(new RecordPosition(10, 8, 1_003, 0), new RecordPosition(10, 5, 1_000, 0).After("abc"u8));
    }

    private static string Lead(int number, string note = "fine") => Leads.Event(Leads.Id(number), $"\"note\":\"{note}\",");

    private static string Wrapper(params string[] records) => $"{{\"records\":[{string.Join(',', records)}]}}";

    /// <summary>A message that was parked as it is, before anybody knew how to take it apart.</summary>
    private async Task<DeadLetter> ParkedAsync(string message)
    {
        var letter = ParkedLeads.Letter("29/unknown_payload/2026/11/21/ab", 1, _rig.Clock.UtcNow) with
        {
            Reason = ReasonCodes.UnknownPayload,
            Event = default,
            EventName = null,
            EventId = null,
            Original = Encoding.UTF8.GetBytes(message),
        };
        await _rig.DeadLetters.WriteAsync([letter], CancellationToken.None);
        return letter;
    }

    /// <summary>Replays these letters and gives back what was parked of them.</summary>
    private async Task<IReadOnlyList<DeadLetter>> ReplayAsync(IReadOnlyCollection<DeadLetter> letters)
    {
        var before = _rig.DeadLetters.Letters.Select(letter => letter.Name).ToHashSet(StringComparer.Ordinal);
        var lines = string.Concat(letters.Select(letter => Encoding.UTF8.GetString(DeadLetterJson.Write(letter))));
        var source = new StreamSource("replay/x.ndjson", $"replay {before.Count}", _rig.Clock.UtcNow, _ => new(new MemoryStream(Encoding.UTF8.GetBytes(lines))));
        using var document = new ReplayedDocument(source, _rig.DeadLetters, force: false, _rig.Clock, _ => { });
        var run = await _rig.Clock.RunAsync(Task.Run(() => new EventPipeline(_rig.Setup, new RunOptions { IgnoreEarlierRuns = true })
            .RunAsync(document.DeliveriesAsync(CancellationToken.None), CancellationToken.None)));
        await document.CompleteAsync(run, CancellationToken.None);
        return [.. _rig.DeadLetters.Letters.Where(letter => !before.Contains(letter.Name))];
    }

    private sealed class Endless : IRecordMapper
    {
        public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin) => MapResult.Holding([new RecordPart(utf8, 0, utf8.Length), new RecordPart(utf8, 0, utf8.Length)]);
    }
}

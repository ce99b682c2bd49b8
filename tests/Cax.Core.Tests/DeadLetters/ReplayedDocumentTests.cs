using System.Text;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.DeadLetters;

public sealed class ReplayedDocumentTests
{
    /// <summary>A record that has no time of its own.</summary>
    private const string Hit =
        """{"hitId":"hit-1","event":{"name":"Lead","user":{"userId":"C-1","anonymousId":"a-1"},"label":"newsletter"}}""";

    private readonly PipelineRig _rig = new();
    private readonly List<string> _told = [];
    private int _reads;

    [Fact]
    public async Task Each_letter_is_sent_and_has_its_result_beside_it()
    {
        var run = await RunAsync(Lines(Letter(0), Letter(1)));

        Assert.Equal([Leads.Id(0), Leads.Id(1)], _rig.Endpoint.AcceptedIds.Order());
        Assert.Equal(2, run.Accounts.Records.Sent);
        Assert.True(run.IsDone);
        Assert.All(await ResultsAsync(0, 1), result => Assert.True(result.IsFinal));
    }

    [Fact]
    public async Task A_letter_of_many_that_was_sent_before_is_left_out_unless_it_is_forced()
    {
        await RunAsync(Lines(Letter(0), Letter(1)));

        var second = await RunAsync(Lines(Letter(0), Letter(1), Letter(2)));
        var forced = await RunAsync(Lines(Letter(0)), force: true);

        Assert.Equal((3, 1, 2), (second.Accounts.Records.Total, second.Accounts.Records.Sent, second.Accounts.Reasons["already_sent"]));
        Assert.Empty(second.Accounts.Imbalances());
        Assert.Equal(1, forced.Accounts.Records.Sent);
    }

    [Fact]
    public async Task What_is_parked_again_shares_a_document_and_keeps_its_history_whatever_file_it_came_from()
    {
        _rig.Endpoint.Answer = posted => posted.Ids is [var id] && id == Leads.Id(2) ? 200 : 400;

        var run = await RunAsync(Lines(Letter(0), Letter(1) with { Origin = Letter(1).Origin with { Delivery = "other.ndjson" } }, Letter(2)));

        Assert.Equal((1, 2), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered));
        Assert.Single(_rig.DeadLetters.Letters.Select(letter => letter.Document).Distinct());
        Assert.All(_rig.DeadLetters.Letters, letter => Assert.Equal("nobody answered", Assert.Single(letter.History).Detail));
        Assert.Equal(["orders.ndjson", "other.ndjson"], _rig.DeadLetters.Letters.Select(letter => letter.Origin.Delivery).Order());
    }

    [Theory]
    [InlineData("\"name\":\"", "\"name\":null,\"was\":\"")]
    [InlineData("\"name\":\"", "\"name\":\"../../")]
    [InlineData("\"name\":\"", "\"name\":\"a//")]
    [InlineData("\"name\":\"", "\"name\":\"replayed/")]
    [InlineData("\"name\":\"", "\"name\":\"ada@example.com/")]
    [InlineData("\"reason\":\"", "\"reason\":\"ada@example.com ")]
    [InlineData("\"destination\":\"default\"", "\"destination\":null")]
    [InlineData("\"source\":\"", "\"source\":null,\"was\":\"")]
    [InlineData("\"reason\":\"", "\"reason\":null,\"was\":\"")]
    [InlineData("\"origin\":{", "\"origin\":null,\"was\":{")]
    [InlineData("\"origin\":{", "\"profile\":{\"name\":\"x\",\"by\":\"guess\"},\"origin\":{")]
    [InlineData("\"origin\":{", "\"profile\":\"x\",\"origin\":{")]
    [InlineData("\"origin\":{", "\"properties\":{\"x\":1},\"origin\":{")]
    public async Task A_letter_that_was_damaged_costs_itself_and_none_of_its_neighbours(string whole, string damaged)
    {
        var bad = Lines(Letter(1)).Replace(whole, damaged, StringComparison.Ordinal);
        Assert.NotEqual(Lines(Letter(1)), bad);

        var run = await RunAsync(Lines(Letter(0)) + bad + Lines(Letter(2)));

        Assert.Equal([Leads.Id(0), Leads.Id(2)], _rig.Endpoint.AcceptedIds.Order());
        Assert.Equal(ReasonCodes.MalformedJson, Assert.Single(_rig.DeadLetters.Letters).Reason);
        Assert.True(run.IsDone);
    }

    [Fact]
    public async Task A_line_that_is_no_letter_is_parked_with_its_bytes()
    {
        var run = await RunAsync(Lines(Letter(0)) + "{\"a\":1}\n{\"a\n" + Lines(Letter(1)));

        Assert.Equal((2, 2), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered));
        Assert.Equal(["{\"a\":1}", "{\"a"], _rig.DeadLetters.Letters.Select(letter => Encoding.UTF8.GetString(letter.Original.Span)));
        Assert.All(_rig.DeadLetters.Letters, letter => Assert.Equal((ReasonCodes.MalformedJson, "replay/x.ndjson"), (letter.Reason, letter.Origin.Delivery)));
    }

    [Fact]
    public async Task A_record_is_mapped_again_by_what_its_first_source_knew()
    {
        var before = TestClock.Morning.AddDays(-2);
        var letter = Letter(0) with
        {
            Name = "29/consent_unknown/2026/11/19/ab-0",
            Reason = ReasonCodes.ConsentUnknown,
            Event = default,
            Origin = Letter(0).Origin with { ReceivedAt = before },
            Original = Encoding.UTF8.GetBytes(Hit),
        };

        _rig.Options = _rig.Options with { Mapping = MapperProbe.WithConsent(ConsentPolicy.Configured, ConsentElement.Text, "1") };

        var run = await RunAsync(Lines(letter));

        Assert.Equal((1, 0), (run.Accounts.Records.Sent, _rig.DeadLetters.Letters.Count));
        Assert.Contains(FormattableString.Invariant($"\"event_timestamp\":{before.ToUnixTimeMilliseconds()}"), _rig.Endpoint.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_breaks_off_is_not_done_and_what_was_read_is_not_lost()
    {
        var run = await RunAsync(Lines(Letter(0)) + "\u0000", breaksOff: true);

        Assert.Equal((1, false), (run.Accounts.Records.Sent, run.Complete));
        Assert.Equal("the blob was changed", Assert.Single(run.Unreadable));
        Assert.False(run.IsDone);
        Assert.Single(await ResultsAsync(0));
    }

    [Fact]
    public async Task What_goes_back_to_its_source_has_no_result_and_the_document_is_not_done()
    {
        _rig.Endpoint.Answer = _ => 401;

        var run = await RunAsync(Lines(Letter(0)));

        Assert.Equal(1, run.Accounts.Records.Returned);
        Assert.False(run.IsDone);
        Assert.Empty(await ResultsAsync(0));
    }

    [Fact]
    public async Task Results_that_cannot_be_written_are_counted()
    {
        _rig.DeadLetters.Fails = true;

        var run = await RunAsync(Lines(Letter(0), Letter(1)));

        Assert.Equal((2, 2), (run.Accounts.Records.Sent, run.Accounts.SettlementFailures));
    }

    [Fact]
    public async Task A_reference_to_a_large_record_cannot_be_replayed_and_says_so()
    {
        var run = await RunAsync(Lines(Letter(0) with { OriginalSha256 = new string('a', 64) }), force: true);

        Assert.Equal((1, 1), (run.Accounts.Records.DeadLettered, run.Accounts.Reasons[ReasonCodes.RecordTooLarge]));
        Assert.Contains("only a reference", Assert.Single(_told), StringComparison.Ordinal);
    }

    private static DeadLetter Letter(int number) => ParkedLeads.Letter("29/endpoint_unavailable/2026/11/20/ab", number, TestClock.Morning);

    private static string Lines(params DeadLetter[] letters) => string.Concat(letters.Select(letter => Encoding.UTF8.GetString(DeadLetterJson.Write(letter))));

    private async Task<RunResult> RunAsync(string text, bool force = false, bool breaksOff = false)
    {
        var source = new StreamSource(
            "replay/x.ndjson", FormattableString.Invariant($"https://shop/replay/x.ndjson {_reads++}"), TestClock.Morning, _ => new(Stream(text, breaksOff)));
        using var document = new ReplayedDocument(source, _rig.DeadLetters, force, _rig.Clock, _told.Add);
        var run = await _rig.Clock.RunAsync(Task.Run(() => new EventPipeline(_rig.Setup, new RunOptions { IgnoreEarlierRuns = true })
            .RunAsync(document.DeliveriesAsync(CancellationToken.None), CancellationToken.None)));
        return await document.CompleteAsync(run, CancellationToken.None);
    }

    private async Task<List<ReplayResult>> ResultsAsync(params int[] letters)
    {
        var results = await _rig.DeadLetters.ReadResultsAsync("29/endpoint_unavailable/2026/11/20/ab", CancellationToken.None);
        return [.. letters.SelectMany(number => results.GetValueOrDefault(Letter(number).Name) ?? [])];
    }

    private static Stream Stream(string text, bool breaksOff) =>
        breaksOff ? new Breaking(Encoding.UTF8.GetBytes(text)) : new MemoryStream(Encoding.UTF8.GetBytes(text));

    private sealed class Breaking(byte[] content) : ForwardStream
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read)
            {
                throw new IOException("the blob was changed");
            }

            _read = true;
            content.CopyTo(buffer);
            return new(content.Length);
        }
    }
}

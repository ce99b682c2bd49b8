using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.ServiceBus;

public sealed class OutageTests
{
    private readonly MessageRig _rig = new();

    [Fact]
    public async Task Three_hours_without_an_endpoint_cost_twenty_thousand_messages_a_few_deliveries_and_nothing_else()
    {
        const int messages = 20_000;
        var down = _rig.Clock.UtcNow + TimeSpan.FromHours(3);
        _rig.Endpoint.Answer = posted => posted.At < down ? 503 : 200;
        for (var i = 0; i < messages; i++)
        {
            _rig.Queue.Send(MessageRig.Lead($"L-{i}"));
        }

        var invocationsWhileDown = 0;
        await _rig.DrainAsync(afterEach: () => invocationsWhileDown += _rig.Clock.UtcNow < down ? 1 : 0);

        Assert.All(_rig.Queue.Entries, entry => Assert.Equal(QueueTwin.EntryState.Completed, entry.State));
        Assert.InRange(_rig.Queue.Entries.Max(entry => entry.Deliveries), 1, 10);
        Assert.InRange(invocationsWhileDown, 1, 10);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal(messages, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(messages, _rig.Endpoint.AcceptedIds.Count());
    }
}

using Cax.Core.Delivery;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Delivery;

public sealed class RefusalJudgeTests
{
    private static readonly DateTimeOffset Now = TestClock.Morning;
    private readonly RefusalJudge _judge = new();
    private readonly Run _run = new();

    [Fact]
    public void An_event_refused_alone_is_kept_back_until_something_is_accepted()
    {
        var (first, second) = (Refused(0), Refused(0));
        Assert.True(_judge.KeepBack(first));
        Assert.True(_judge.KeepBack(second));

        Assert.Equal([first, second], _judge.Accepted(Now));
        Assert.Empty(_judge.Accepted(Now));
    }

    [Fact]
    public void The_eighth_in_a_row_is_one_too_many_and_an_accepted_request_begins_a_new_row()
    {
        for (var row = 0; row < 2; row++)
        {
            for (var i = 0; i < RefusalJudge.Systemic - 1; i++)
            {
                Assert.True(_judge.KeepBack(Refused(_judge.AcceptedSoFar)));
            }

            if (row == 0)
            {
                Assert.Equal(7, _judge.Accepted(Now).Count);
            }
        }

        Assert.False(_judge.KeepBack(Refused(_judge.AcceptedSoFar)));
        Assert.Equal(8, _judge.TakeAll(_run).Count);
    }

    [Fact]
    public void A_batch_with_a_witness_of_its_own_may_hold_a_longer_row_and_its_events_are_bad()
    {
        var mark = _judge.AcceptedSoFar;
        _judge.Accepted(Now);

        for (var i = 0; i < RefusalJudge.SystemicDespiteWitness - 1; i++)
        {
            Assert.True(_judge.KeepBack(Refused(mark)));
        }

        Assert.Equal(RefusalJudge.SystemicDespiteWitness - 1, _judge.TakeWitnessed(_run, mark).Count);
        Assert.Empty(_judge.TakeAll(_run));
    }

    [Fact]
    public void Even_with_a_witness_of_its_own_a_row_has_an_end()
    {
        var mark = _judge.AcceptedSoFar;
        _judge.Accepted(Now);

        Assert.Equal(RefusalJudge.SystemicDespiteWitness, 1 + Enumerable.Range(0, 1_000).TakeWhile(_ => _judge.KeepBack(Refused(mark))).Count());
    }

    [Fact]
    public void A_batch_without_a_witness_and_another_run_have_nothing_to_take()
    {
        _judge.KeepBack(Refused(_judge.AcceptedSoFar));

        Assert.Empty(_judge.TakeWitnessed(_run, 0));
        Assert.Empty(_judge.TakeAll(new Run()));
        Assert.Single(_judge.TakeAll(_run));
    }

    [Fact]
    public void A_witness_speaks_for_ten_minutes()
    {
        Assert.False(_judge.HasWitness(Now));

        _judge.Accepted(Now);

        Assert.True(_judge.HasWitness(Now.AddMinutes(10)));
        Assert.False(_judge.HasWitness(Now.AddMinutes(10).AddTicks(1)));
    }

    private Refusal Refused(long mark) => new(null!, 400, _run, mark);

    private sealed class Run : IOutcomes
    {
        public ValueTask ResolveAsync(PendingEvent pending, Outcome outcome) => throw new InvalidOperationException();

        public void SendAgain(PendingEvent pending)
        {
        }

        public void SenderChanged()
        {
        }

        public void Failed(Exception bug)
        {
        }
    }
}

using Cax.Core.Delivery;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Delivery;

public sealed class RefusalJudgeTests
{
    private static readonly DateTimeOffset Now = TestClock.Morning;
    private readonly RefusalJudge<string> _judge = new();

    [Fact]
    public void With_a_request_accepted_since_its_batch_was_refused_an_event_is_bad()
    {
        var mark = _judge.AcceptedSoFar;
        _judge.Accepted(Now);

        Assert.Equal(Judgement.BadEvent, _judge.RefusedAlone("a", mark));
        Assert.Empty(_judge.TakeKeptBack(_ => true));
    }

    [Fact]
    public void Without_one_it_is_kept_back_until_something_is_accepted()
    {
        Assert.Equal(Judgement.KeptBack, _judge.RefusedAlone("a", _judge.AcceptedSoFar));
        Assert.Equal(Judgement.KeptBack, _judge.RefusedAlone("b", _judge.AcceptedSoFar));

        Assert.Equal(["a", "b"], _judge.Accepted(Now));
        Assert.Empty(_judge.Accepted(Now));
    }

    [Fact]
    public void The_eighth_in_a_row_is_systemic_and_an_accepted_request_begins_a_new_row()
    {
        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(Judgement.KeptBack, _judge.RefusedAlone("first " + i, _judge.AcceptedSoFar));
        }

        _judge.Accepted(Now);
        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(Judgement.KeptBack, _judge.RefusedAlone("second " + i, _judge.AcceptedSoFar));
        }

        Assert.Equal(Judgement.Systemic, _judge.RefusedAlone("eighth", _judge.AcceptedSoFar));
        Assert.Equal(8, _judge.TakeKeptBack(_ => true).Count);
    }

    [Fact]
    public void A_witness_speaks_for_ten_minutes()
    {
        Assert.False(_judge.HasWitness(Now));

        _judge.Accepted(Now);

        Assert.True(_judge.HasWitness(Now.AddMinutes(10)));
        Assert.False(_judge.HasWitness(Now.AddMinutes(10).AddTicks(1)));
    }
}

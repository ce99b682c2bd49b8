using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class EventAgeTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(ValidEvents.Timestamp);

    [Fact]
    public void Five_minutes_ahead_are_forgiven_and_not_a_millisecond_more()
    {
        var clock = new TestClock(Time.AddMinutes(-5));
        Assert.Empty(Judge.Event(ValidEvents.Lead(), clock: clock));

        clock.UtcNow = clock.UtcNow.AddMilliseconds(-1);
        Assert.Equal(["CAX011 E $.context.event_timestamp"], Judge.Event(ValidEvents.Lead(), clock: clock));
    }

    [Fact]
    public void Seven_days_are_no_age_and_a_millisecond_more_is_only_a_warning()
    {
        var clock = new TestClock(Time.AddDays(7));
        Assert.Empty(Judge.Event(ValidEvents.Lead(), clock: clock));

        clock.UtcNow = clock.UtcNow.AddMilliseconds(1);
        Assert.Equal(["CAX014 W $.context.event_timestamp"], Judge.Event(ValidEvents.Lead(), clock: clock));
        Assert.Equal(
            ["CAX014 E $.context.event_timestamp"],
            Judge.Event(ValidEvents.Lead(), new Core.Events.EventOptions { Strict = true }, clock: clock));
    }

    [Fact]
    public void A_time_as_text_is_judged_like_a_number()
    {
        var lead = ValidEvents.Lead().With("$.context.event_timestamp", $"\"{ValidEvents.Timestamp}\"");

        Assert.Equal(
            ["CAX012 W $.context.event_timestamp", "CAX011 E $.context.event_timestamp"],
            Judge.Event(lead, clock: new TestClock(Time.AddDays(-1))));
    }
}

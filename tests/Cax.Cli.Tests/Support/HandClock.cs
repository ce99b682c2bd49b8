using System.Threading.Channels;

namespace Cax.Cli.Tests.Support;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class HandClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly Channel<(TimeSpan After, Action Fire)> _timers = Channel.CreateUnbounded<(TimeSpan, Action)>();
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Writer.TryWrite((dueTime, () => callback(state)));
        return new Forgotten();
    }

    /// <summary>Waits for the next timer to be set, and lets it go off.</summary>
    public async Task<TimeSpan> FireAsync()
    {
        var (after, fire) = await NextAsync();
        _now += after;
        fire();
        return after;
    }

    /// <summary>Waits for the next timer to be set.</summary>
    public async Task<(TimeSpan After, Action Fire)> NextAsync() => await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);

    private sealed class Forgotten : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

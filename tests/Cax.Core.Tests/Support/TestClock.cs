namespace Cax.Core.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Timers fire, in order of their due time, when it is moved past them.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What runs for the first time in a process is compiled first: so many steps wait for longer.</summary>
    private const int FirstSteps = 100;

    private static int _steps;

    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _changes;

    public TestClock()
        : this(Morning)
    {
    }

    public DateTimeOffset UtcNow
    {
        get => GetUtcNow();
        set
        {
            if (value >= GetUtcNow())
            {
                AdvanceTo(value);
                return;
            }

            lock (_lock)
            {
                _now = value;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>Lets virtual time pass, from one timer to the next, until the task ends. Time moves only when nothing else does.</summary>
    public async Task RunAsync(Task task)
    {
        var quiet = 0;
        var seen = -1L;
        while (!task.IsCompleted)
        {
            await Task.Delay(1);
            long changes;
            DateTimeOffset? next;
            lock (_lock)
            {
                changes = _changes;
                next = _timers.Min(timer => timer.Due);
            }

            // Work that is queued but not begun would find the time gone, so a busy machine is watched for longer.
            quiet = changes != seen ? 0 : quiet + (ThreadPool.PendingWorkItemCount == 0 ? 4 : 1);
            seen = changes;
            if (quiet >= (Volatile.Read(ref _steps) < FirstSteps ? 60 : 12) && next is { } due)
            {
                Interlocked.Increment(ref _steps);
                AdvanceTo(due);
                quiet = 0;
            }
        }

        await task;
    }

    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    private void AdvanceTo(DateTimeOffset target)
    {
        while (true)
        {
            TestTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                _now = next is { Due: { } due } ? (due > _now ? due : _now) : target > _now ? target : _now;
                if (next is null)
                {
                    return;
                }

                next.Due = null;
                _timers.Remove(next);
                _changes++;
            }

            next.Fire();
        }
    }

    private sealed class TestTimer(TestClock clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._changes++;
                clock._timers.Remove(this);
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                if (Due is not null)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._changes++;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

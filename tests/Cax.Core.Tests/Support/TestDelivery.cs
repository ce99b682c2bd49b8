using System.Runtime.CompilerServices;
using System.Text;
using Cax.Core.Sources;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Support;

/// <summary>A delivery whose settlement a test can look at.</summary>
public sealed class TestDelivery(string name, params IEnumerable<string> records) : SourceDelivery
{
    private readonly List<Outcome> _settlements = [];

    public override string SourceName => "shop";

    public override string Name => name;

    public override string Identity => "test:" + name;

    public override string Destination => To;

    public override DateTimeOffset ReceivedAt => TestClock.Morning;

    public override bool IsLastAttempt => Last;

    public override bool CountsRest => !Endless;

    public string To { get; init; } = Cax.Core.Delivery.Destination.DefaultName;

    public bool Last { get; init; }

    public bool Endless { get; init; }

    public override DateTimeOffset HeldUntil => Held;

    /// <summary>Until when the source leaves it to the run.</summary>
    public DateTimeOffset Held { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Thrown when the source is told the outcome.</summary>
    public Exception? FailsToSettle { get; init; }

    /// <summary>Called before each record is handed out.</summary>
    public Func<int, Task>? Before { get; init; }

    /// <summary>Called when all records were handed out.</summary>
    public Action AfterLast { get; init; } = () => { };

    /// <summary>Called before the source takes the outcome.</summary>
    public Func<Task>? BeforeSettling { get; init; }

    /// <summary>How many records were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>The outcome the source was told; told once or not at all.</summary>
    public Outcome? Settled => _settlements.SingleOrDefault();

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var offset = 0L;
        foreach (var text in records)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Before is not null)
            {
                await Before(Asked);
            }

            Asked++;
            var utf8 = Encoding.UTF8.GetBytes(text);
            yield return new Record { Position = new RecordPosition(Asked, 1, offset, utf8.Length), Utf8 = utf8 };
            offset += utf8.Length + 1;
        }

        AfterLast();
    }

    public override async ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation)
    {
        if (BeforeSettling is not null)
        {
            await BeforeSettling();
        }

        _settlements.Add(outcome);
        if (FailsToSettle is not null)
        {
            throw FailsToSettle;
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Azure.Core.Amqp;
using Cax.Core;
using Cax.Core.Batching;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.ServiceBus;

/// <summary>
/// Days on which everything goes wrong that may: the endpoint, the locks, the settlements, the store, the host and the process. Each seed is another day.
/// </summary>
public sealed partial class RandomHistoryTests
{
    private static readonly string?[] Wishes = [null, "0", "-5", "soon", "7", "40", "999999999", "Sat, 21 Nov 2020 09:00:00 GMT", "Sat, 21 Nov 2026 09:07:00 GMT"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_every_message_ends_well_and_nothing_is_settled_before_all_of_it_is_safe(int seed)
    {
        var day = new Day(seed);
        await day.LiveAsync();
        Assert.True(day.Wrongs.Count == 0, $"Seed {seed}:{Environment.NewLine}{string.Join(Environment.NewLine, day.Wrongs.Take(20))}");
    }

    [GeneratedRegex("L-[0-9]+[a-z]*")]
    private static partial Regex LeadIds();

    /// <summary>One day: what was sent, what is to go wrong and when, and what must hold all the time.</summary>
    private sealed class Day
    {
        private readonly Lock _lock = new();
        private readonly Random _chance;
        private readonly MessageRig _rig = new();
        private readonly Dictionary<long, HashSet<string>> _leads = [];
        private readonly Dictionary<string, DateTimeOffset> _accepted = [];
        private readonly List<Window> _windows = [];
        private readonly int _most;
        private readonly double _renewalsLost;
        private readonly double _settlementsLost;
        private int _next;

        public Day(int seed)
        {
            _chance = new Random(seed);
            _most = _chance.Next(3, 40);
            _renewalsLost = _chance.Next(3) * 0.1;
            _settlementsLost = _chance.Next(3) * 0.1;
            _rig.Queue.LockDuration = TimeSpan.FromSeconds(Pick(30, 60, 60, 120, 300));
            _rig.Queue.MaxDeliveryCount = Pick(8, 10, 15);
            _rig.Options = _rig.Options with
            {
                Batching = new BatchingOptions { MaxEvents = _chance.Next(1, 12) },
                Delivery = _rig.Options.Delivery with { BackoffCap = TimeSpan.FromMinutes(1), Concurrency = _chance.Next(1, 5) },
                ServiceBus = new ServiceBusOptions { HoldFor = TimeSpan.FromMinutes(Pick(0, 1, 4, 10)), MaxDeliveryCount = _rig.Queue.MaxDeliveryCount },
            };
            _rig.Endpoint.Answer = Answer;
            _rig.Queue.FailsToRenew = _ => Roll(_renewalsLost) ? Failure() : null;
            _rig.Queue.FailsToSettle = Settle;
            _rig.DeadLetters.BeforeWriting = () => Now("store") is null ? Task.CompletedTask : throw new IOException("503 ServerBusy");
            for (var i = 0; i < 4; i++)
            {
                var from = _rig.Clock.UtcNow + TimeSpan.FromSeconds(_chance.Next(0, 1200));
                _windows.Add(new Window(Pick("29", "30", "29", "30", "store"), from, from + TimeSpan.FromSeconds(_chance.Next(5, 700)), Pick(503, 429, 401, 302, -1, -2, 400, 404, 500)));
            }

            for (var i = _chance.Next(10, 45); i > 0; i--)
            {
                Send();
            }
        }

        public List<string> Wrongs { get; } = [];

        public async Task LiveAsync()
        {
            for (var round = 0; _rig.Queue.NextAt is { } next; round++)
            {
                if (round > 400)
                {
                    Wrongs.Add("it never ends");
                    return;
                }

                _rig.Clock.UtcNow = next > _rig.Clock.UtcNow ? next : _rig.Clock.UtcNow;
                using var stopping = new CancellationTokenSource();
                var stops = Roll(0.15) && round < 20;
                using var stop = stops ? _rig.Clock.CreateTimer(_ => stopping.Cancel(), null, TimeSpan.FromSeconds(_chance.Next(0, 90)), Timeout.InfiniteTimeSpan) : null;
                var began = _rig.Clock.UtcNow;
                await _rig.InvokeAsync(_most, stopping.Token);
                var took = _rig.Clock.UtcNow - began;
                if (took > _rig.Options.ServiceBus.HoldFor + TimeSpan.FromMinutes(1.5))
                {
                    Wrongs.Add($"an invocation took {took}");
                }

                if (Roll(0.15))
                {
                    _rig.Restart();
                }
            }

            Judge();
        }

        private void Judge()
        {
            foreach (var entry in _rig.Queue.Entries.Where(entry => entry.State == QueueTwin.EntryState.DeadLettered))
            {
                if (entry.DeadLetterReason == ReasonCodes.UnreadableBody ? entry.AmqpBody is null : entry.Deliveries < _rig.Queue.MaxDeliveryCount)
                {
                    Wrongs.Add($"{entry.SequenceNumber} rests in the queue's dead letters without reason");
                }
            }

            foreach (var letter in _rig.DeadLetters.Letters)
            {
                var text = Encoding.UTF8.GetString(letter.Original.Span);
                var fits = letter.Reason switch
                {
                    ReasonCodes.Refused => text.Contains("poison", StringComparison.Ordinal) || _windows.Exists(window => window.Status == 400),
                    ReasonCodes.RefusedUnconfirmed or ReasonCodes.EndpointUnavailable or ReasonCodes.EndpointMisconfigured or ReasonCodes.EndpointRefusesAll =>
                        DeliveriesOf(text) >= _rig.Queue.MaxDeliveryCount,
                    ReasonCodes.ConsentUnknown => !text.Contains("consent", StringComparison.Ordinal),
                    ReasonCodes.UnknownDestination => letter.Destination is "nowhere" or "",
                    ReasonCodes.UnknownPayload => text == "1",
                    ReasonCodes.MalformedJson or ReasonCodes.UnreadableBody or ReasonCodes.EmptyInput => true,
                    _ => false,
                };
                if (!fits)
                {
                    Wrongs.Add($"parked as {letter.Reason} without reason: {letter.Detail} {text}");
                }
            }
        }

        private int DeliveriesOf(string text) => LeadIds().Matches(text)
            .Max(id => _rig.Queue.Entries.Where(entry => _leads[entry.SequenceNumber].Contains(id.Value)).Max(entry => entry.Deliveries));

        private void Send()
        {
            string One()
            {
                var id = Roll(0.1) && _next > 0 ? $"L-{_chance.Next(_next)}" : $"L-{_next++}";
                return Roll(0.08) ? MessageRig.Lead(id + "x").Replace(",\"consent\":{\"categories\":[\"1\"]}", "", StringComparison.Ordinal)
                    : Roll(0.08) ? MessageRig.Lead(id + "poison")
                    : MessageRig.Lead(id);
            }

            var properties = new Dictionary<string, object>();
            if (Roll(0.35))
            {
                properties["cax-destination"] = Pick<object>("outlet", "OUTLET", "nowhere", 7);
            }

            var body = Pick(0, 1, 1, 1, 2, 3) switch
            {
                0 => Pick("", "{", "[1,", " "),
                1 => One(),
                2 => $"[{string.Join(',', Enumerable.Range(0, _chance.Next(1, 7)).Select(_ => One()))}]",
                _ => string.Join('\n', Enumerable.Range(0, _chance.Next(1, 30)).Select(_ => One())),
            };
            var entry = _rig.Queue.Send(body, properties);
            entry.AmqpBody = Roll(0.05) ? AmqpMessageBody.FromSequence([["one"]]) : null;
            _leads[entry.SequenceNumber] = entry.AmqpBody is null ? [.. LeadIds().Matches(body).Select(match => match.Value)] : [];
        }

        private Answered Answer(Posted posted)
        {
            lock (_lock)
            {
                var site = posted.Path.Contains("/30/", StringComparison.Ordinal) || posted.Query.Contains("30", StringComparison.Ordinal) ? "30" : "29";
                var ids = LeadIds().Matches(posted.Body).Select(match => match.Value).Distinct().ToList();
                foreach (var id in ids.Where(id => !_rig.Queue.Open.Any(entry =>
                    _leads[entry.SequenceNumber].Contains(id) && entry.LockedUntil >= _rig.Clock.UtcNow + _rig.Options.Delivery.RequestTimeout)))
                {
                    Wrongs.Add($"{id} was posted outside its lock");
                }

                if (Now(site) is { } window)
                {
                    return new Answered(window.Status, Wishes[_chance.Next(Wishes.Length)], Roll(0.3) ? TimeSpan.FromSeconds(_chance.Next(1, 30)) : null);
                }

                if (Roll(0.03))
                {
                    return Pick(500, 503, -1, -2);
                }

                if (posted.Body.Contains("poison", StringComparison.Ordinal))
                {
                    return 400;
                }

                var wait = Roll(0.3) ? TimeSpan.FromSeconds(_chance.Next(1, 15)) : TimeSpan.Zero;
                foreach (var id in ids)
                {
                    var at = posted.At + wait;
                    _accepted[id] = _accepted.TryGetValue(id, out var earlier) && earlier < at ? earlier : at;
                }

                return new Answered(200, Wait: wait > TimeSpan.Zero ? wait : null);
            }
        }

        /// <summary>At the moment a message is let go, all of it must be safe.</summary>
        private Exception? Settle(long number)
        {
            lock (_lock)
            {
                var now = _rig.Clock.UtcNow;
                var parked = _rig.DeadLetters.Letters.SelectMany(letter => LeadIds().Matches(Encoding.UTF8.GetString(letter.Original.Span))).Select(match => match.Value).ToHashSet();
                foreach (var id in _leads[number].Where(id => !parked.Contains(id) && !(_accepted.TryGetValue(id, out var at) && at <= now)))
                {
                    Wrongs.Add($"{number} is settled, and {id} is neither accepted nor parked");
                }

                return Roll(_settlementsLost) ? Failure() : null;
            }
        }

        private Window? Now(string what) => _windows.Find(window => window.What == what && window.From <= _rig.Clock.UtcNow && _rig.Clock.UtcNow < window.To);

        private Exception Failure() => Pick<Exception>(
            new QueueTwin.BrokerException("MessageLockLost"), new TimeoutException("the broker is busy"), new OperationCanceledException("gone"));

        private bool Roll(double probability)
        {
            lock (_lock)
            {
                return _chance.NextDouble() < probability;
            }
        }

        private T Pick<T>(params T[] of)
        {
            lock (_lock)
            {
                return of[_chance.Next(of.Length)];
            }
        }

        private sealed record Window(string What, DateTimeOffset From, DateTimeOffset To, int Status);
    }
}

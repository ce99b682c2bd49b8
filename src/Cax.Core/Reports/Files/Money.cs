using System.Text;
using System.Text.Json.Serialization;
using Cax.Core.Events;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Reports.Files;

/// <summary>What is added up apart: a refund is not a purchase, and a euro not a pound.</summary>
/// <param name="Event">The name of a standard event, or <see cref="Other"/>.</param>
/// <param name="Currency">A code of ISO 4217 in upper case; empty where the event names none.</param>
internal readonly record struct MoneyKey(string Event, string Currency) : IComparable<MoneyKey>
{
    /// <summary>Events of all other names together: there may be any number of them.</summary>
    public const string Other = "(other)";

    /// <summary>How many decimals the currency has.</summary>
    public int Digits => DigitsOf(Currency) ?? 2;

    public static MoneyKey Of(string name, string? currency) => new(
        StandardEvents.Find(name) is null ? Other : name,
        currency is { Length: 3 } && !currency.AsSpan().ContainsAnyExceptInRange('A', 'Z') && DigitsOf(currency) is not null ? currency : "");

    public int CompareTo(MoneyKey other) => string.CompareOrdinal(Event, other.Event) is not 0 and var order ? order
        : string.CompareOrdinal(Currency, other.Currency);

    private static int? DigitsOf(string currency)
    {
        Span<byte> code = stackalloc byte[3];
        return Encoding.ASCII.TryGetBytes(currency, code, out var length) && CurrencyDigits.TryGet(code[..length], out var digits) ? digits : null;
    }
}

/// <summary>The money of one kind of event in one currency, by what became of the events.</summary>
internal sealed class MoneyRow
{
    public required string Event { get; init; }

    public required string Currency { get; init; }

    [JsonIgnore]
    public MoneyKey Key => new(Event, Currency);

    public MoneySum Sent { get; init; } = new();

    public MoneySum DeadLettered { get; init; } = new();

    public MoneySum Skipped { get; init; } = new();

    public MoneySum Returned { get; init; } = new();

    /// <summary>The sum of the others: what was read balances with what became of it.</summary>
    public MoneySum Read()
    {
        var read = new MoneySum();
        foreach (var kind in Enum.GetValues<OutcomeKind>())
        {
            read.Add(Of(kind));
        }

        return read;
    }

    public MoneySum Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Sent => Sent,
        OutcomeKind.DeadLettered => DeadLettered,
        OutcomeKind.Skipped => Skipped,
        _ => Returned,
    };

    public void Add(MoneyRow more)
    {
        foreach (var kind in Enum.GetValues<OutcomeKind>())
        {
            Of(kind).Add(more.Of(kind));
        }
    }
}

/// <summary>Sums over events that name an amount.</summary>
internal sealed class MoneySum
{
    public long Events { get; set; }

    /// <summary>As <see cref="ExactAmount"/> has it.</summary>
    public Int128 Value { get; set; }

    /// <summary>Events whose value is not in the sum, because they name none or none that can be added up.</summary>
    public long WithoutValue { get; set; }

    public Int128 Revenue { get; set; }

    public long WithoutRevenue { get; set; }

    public void Add(Int128? value, Int128? revenue)
    {
        Events++;
        Value += value ?? 0;
        WithoutValue += value is null ? 1 : 0;
        Revenue += revenue ?? 0;
        WithoutRevenue += revenue is null ? 1 : 0;
    }

    public void Add(MoneySum more)
    {
        Events += more.Events;
        Value += more.Value;
        WithoutValue += more.WithoutValue;
        Revenue += more.Revenue;
        WithoutRevenue += more.WithoutRevenue;
    }
}

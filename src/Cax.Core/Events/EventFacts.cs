using System.Text.Json;

namespace Cax.Core.Events;

/// <summary>What reports and receipts tell of an event, read from its bytes.</summary>
/// <param name="BusinessId">The <c>id</c> at the root: of the order, refund or lead (CAX reference 4.1); null when there is none.</param>
/// <param name="Value">The gross money; null when it names none.</param>
/// <param name="Revenue">The net money; null when it names none.</param>
/// <param name="Currency">The currency; null when it names none.</param>
public readonly record struct EventFacts(string? BusinessId, decimal? Value, decimal? Revenue, string? Currency)
{
    /// <summary>Reads an event of ours; one that is no JSON object gives nothing.</summary>
    public static EventFacts Read(ReadOnlySpan<byte> utf8)
    {
        var facts = default(EventFacts);
        var json = new Utf8JsonReader(utf8);
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                {
                    continue;
                }

                var (isId, isValue, isRevenue, isCurrency) =
                    (json.ValueTextEquals("id"u8), json.ValueTextEquals("value"u8), json.ValueTextEquals("revenue"u8), json.ValueTextEquals("currency"u8));
                json.Read();
                facts = json.TokenType switch
                {
                    JsonTokenType.String when isId => facts with { BusinessId = json.GetString() },
                    JsonTokenType.String when isCurrency => facts with { Currency = json.GetString() },
                    JsonTokenType.Number when isValue && json.TryGetDecimal(out var value) => facts with { Value = value },
                    JsonTokenType.Number when isRevenue && json.TryGetDecimal(out var revenue) => facts with { Revenue = revenue },
                    _ => facts,
                };
                json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is no event of ours has no facts beyond those that were read.
        }

        return facts;
    }
}

using System.Text;
using Cax.Core.DeadLetters;

namespace Cax.Core.Tests.Support;

/// <summary>Dead letters of valid events, as an outage leaves them.</summary>
public static class ParkedLeads
{
    /// <param name="document">The document that the letters share.</param>
    /// <param name="number">Which of them.</param>
    /// <param name="at">When it was parked; its source got it a day before.</param>
    public static DeadLetter Letter(string document, int number, DateTimeOffset at) => new()
    {
        Name = FormattableString.Invariant($"{document}-{number}"),
        Reason = ReasonCodes.EndpointUnavailable,
        Detail = "nobody answered",
        Origin = new DeadLetterOrigin("shop", "orders.ndjson", number + 1, 1, number * 200, 200, at.AddDays(-1)),
        Destination = "default",
        EventName = "generate_lead",
        EventId = Leads.Id(number),
        FirstAt = at,
        LastAt = at,
        Event = Encoding.UTF8.GetBytes(Leads.Event(Leads.Id(number))),
        Original = Encoding.UTF8.GetBytes(Leads.Event(Leads.Id(number))),
    };
}

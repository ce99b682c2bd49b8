namespace Cax.Core.Delivery;

/// <summary>What an answer, or the lack of one, means for a batch.</summary>
internal enum AnswerKind
{
    /// <summary>2xx: handed over.</summary>
    Accepted,

    /// <summary>Something in the body is not taken.</summary>
    Refused,

    /// <summary>Nothing was said about the body: try again.</summary>
    Unavailable,

    /// <summary>Address or key are wrong: trying again changes nothing.</summary>
    Misconfigured,

    /// <summary>Not posted: a source would have taken some of the events back before the answer.</summary>
    NotHeld,

    /// <summary>Not posted, or not answered, and no time left to try again.</summary>
    GivenUp,
}

/// <summary>What came of one try.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait.</param>
/// <param name="Fault">Why there was no answer, in a word or two.</param>
internal readonly record struct Answer(AnswerKind Kind, int? Status = null, TimeSpan? RetryAfter = null, string? Fault = null)
{
    /// <summary>Whether nothing was posted because our own circuit breaker is open: it says nothing new about the endpoint.</summary>
    public bool IsOwn => Status is null && Fault is null;

    public string Describe() => Status is { } status ? $"HTTP {status}" : Fault ?? "no answer";
}

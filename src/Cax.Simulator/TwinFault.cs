namespace Cax.Simulator;

/// <summary>
/// A fault that the twin plays on the next requests to the collect endpoint, before it looks at anything else. A fault with a
/// <see cref="Status"/> or a <see cref="Reset"/> takes the place of the answer and records no event; a fault with a
/// <see cref="Delay"/> only holds the request up.
/// </summary>
public sealed record TwinFault
{
    /// <summary>The status to answer, 200 to 599. A redirect status points at the pixel form of the endpoint. Default none.</summary>
    public int? Status { get; init; }

    /// <summary>Breaks the connection instead of answering. Default false.</summary>
    public bool Reset { get; init; }

    /// <summary>How many requests the fault hits before it is used up. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The raw <c>Retry-After</c> header: seconds, an HTTP date, or anything else to test with. Default none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How long to wait before the answer or the reset. Default none.</summary>
    public TimeSpan? Delay { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Status is < 200 or > 599) yield return "status must be 200 to 599";
        if (Status is not null && Reset) yield return "a fault has a status or a reset, not both";
        if (Status is null && !Reset && Delay is null) yield return "a fault needs a status, a reset or a delay";
        if (Count < 1) yield return "count must be at least 1";
        if (RetryAfter is not null && Status is null) yield return "retryAfter needs a status";
        if (RetryAfter is not null && RetryAfter.Any(letter => letter is < ' ' or > '~')) yield return "retryAfter must be plain ASCII";
        if (Delay is { } delay && !TwinOptions.IsSensible(delay)) yield return "delay must be between zero and one hour";
    }
}

using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Collecting;

/// <summary>What a collect request earns: a status, the reason for the book, and what becomes of its events.</summary>
internal sealed record CollectAnswer(int Status, string Reason)
{
    public IReadOnlyList<ReceivedEvent> Recorded { get; init; } = [];

    public int Dropped { get; init; }

    public string? RetryAfter { get; init; }

    public static CollectAnswer Reset { get; } = new(0, "reset");

    public static CollectAnswer HungUp { get; } = new(0, "hung_up");

    public static CollectAnswer Pixel { get; } = new(StatusCodes.Status200OK, "pixel");

    public static CollectAnswer WrongMethod { get; } = new(StatusCodes.Status405MethodNotAllowed, "wrong_method");

    public static CollectAnswer Refused(string reason) => new(StatusCodes.Status400BadRequest, reason);

    public static CollectAnswer Fault(TwinFault fault, int status) => new(status, "fault") { RetryAfter = fault.RetryAfter };

    /// <summary>Writes the answer. A 200 has an empty body, since the vendor describes none; anything else says why in one word.</summary>
    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is not null) response.Headers.RetryAfter = RetryAfter;
        if (Status is 301 or 302 or 303 or 307 or 308) response.Headers.Location = CollectPaths.Event;
        if (Status is 200 or 204 or 205 or 304) return;
        response.ContentType = "text/plain";
        await response.WriteAsync(Reason + "\n");
    }
}

namespace Cax.Core.Batching;

/// <summary>The shape of a request body, and whether one more event fits into it.</summary>
/// <param name="MaxBytes">The largest body.</param>
/// <param name="MaxEvents">The most events.</param>
/// <param name="FrameBytes">What surrounds the events.</param>
public sealed record BatchLimits(int MaxBytes, int MaxEvents, int FrameBytes)
{
    /// <summary><c>{"batch":[</c> and <c>]}</c> (CAX reference 3.1).</summary>
    public const int EnvelopeBytes = 12;

    /// <summary>The comma between two events.</summary>
    public const int SeparatorBytes = 1;

    /// <summary>Bodies of the batch endpoint.</summary>
    public static BatchLimits Of(BatchingOptions options) => new(options.MaxBytes, options.MaxEvents, EnvelopeBytes);

    /// <summary>Bodies of the single-event endpoint: the event and nothing else.</summary>
    public static BatchLimits Single(int maxEventBytes) => new(maxEventBytes, 1, 0);

    /// <summary>The size of a body with one more event.</summary>
    public int BytesWith(int count, int bytes, int next) => (count == 0 ? FrameBytes : bytes + SeparatorBytes) + next;

    public bool Fits(int count, int bytes, int next) => count < MaxEvents && BytesWith(count, bytes, next) <= MaxBytes;
}

namespace Cax.Core.DeadLetters;

/// <summary>Writes the dead letters of one run.</summary>
public interface IDeadLetterWriter
{
    /// <summary>
    /// Writes letters, of whatever deliveries, in one go. Once this returns, they outlive the process, and so does everything that the same writer
    /// wrote before. Called for one set of letters at a time.
    /// </summary>
    /// <exception cref="IOException">The store cannot be written to; nothing may be settled on the strength of these letters.</exception>
    ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation);
}

using Cax.Core.DeadLetters;

namespace Cax.Core.Exports;

/// <summary>
/// Writes letters only for as long as the lease is held. A document of letters is replaced whole: a run that lost its file would replace what another one
/// parked of it.
/// </summary>
internal sealed class LeasedLetters(IDeadLetterWriter letters, ExportLease lease) : IDeadLetterWriter
{
    public ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> some, CancellationToken cancellation) =>
        lease.WhileHeldAsync(held => letters.WriteAsync(some, held), cancellation);
}

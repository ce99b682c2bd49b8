using Cax.Core.DeadLetters;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.DeadLetters;

public sealed class InMemoryDeadLettersTests : DeadLetterStoreContract
{
    protected override IDeadLetterStore Store { get; } = new InMemoryDeadLetters();

    protected override IDeadLetterStore Unreachable { get; } = new InMemoryDeadLetters { Fails = true };
}

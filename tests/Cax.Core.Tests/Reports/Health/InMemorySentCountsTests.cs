using Cax.Core.Reports.Health;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Reports.Health;

public sealed class InMemorySentCountsTests : SentCountsStoreContract
{
    private readonly InMemorySentCounts _store = new();

    protected override ISentCountsStore Store => _store;

    protected override Task PutAsync(string name, byte[] document)
    {
        _store.Put(name, document);
        return Task.CompletedTask;
    }
}

using Cax.Core.Documents;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Documents;

public sealed class InMemoryDocumentsTests : DocumentStoreContract
{
    private readonly InMemoryDocuments _store = new();

    protected override IDocumentStore Store => _store;

    protected override IDocumentStore Unreachable => new InMemoryDocuments { Fails = true };
}

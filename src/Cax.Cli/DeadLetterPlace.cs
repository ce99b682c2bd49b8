using System.Runtime.CompilerServices;
using Cax.Core.DeadLetters;
using Cax.Core.Documents;
using Cax.Storage;

namespace Cax.Cli;

/// <summary>Where dead letters are: a directory, or a blob container by its address.</summary>
/// <param name="Name">As it is shown; of an address without its query.</param>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Store">The store.</param>
/// <param name="Documents">The same place for what lies beside the dead letters: repair files.</param>
/// <param name="ExistsAsync">Whether it is there; an <see cref="IOException"/> says why nobody knows.</param>
internal sealed record DeadLetterPlace(string Name, string Kind, IDeadLetterStore Store, IDocumentStore Documents, Func<CancellationToken, Task<bool>> ExistsAsync)
{
    /// <summary>Null when an address is wrong, which is then told.</summary>
    /// <param name="console">Where the environment is and where problems go.</param>
    /// <param name="text">A path or an address.</param>
    /// <param name="name">What the text was given as, for the beginning of a message.</param>
    public static DeadLetterPlace? Find(CliConsole console, string text, string name) => ContainerText.IsAddress(text)
        ? Container(console, text, name)
        : new DeadLetterPlace(text, "directory", new DirectoryDeadLetterStore(text), new DirectoryDocuments(text), _ => Task.FromResult(Directory.Exists(text)));

    // Not inlined, so that the libraries of Azure are loaded by nobody who does not need them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeadLetterPlace? Container(CliConsole console, string text, string name)
    {
        if (ContainerAddress.Parse(text, out var problem) is not { } address)
        {
            console.Say($"{name} {problem}");
            return null;
        }

        var connection = console.Environment.GetValueOrDefault(ContainerAddress.ConnectionVariable);
        if (address.Open(connection, console.Time, out problem) is not { } store || address.OpenDocuments(connection, out problem) is not { } documents)
        {
            console.Say($"{address} {problem}");
            return null;
        }

        return new DeadLetterPlace(address.ToString(), "container", store, documents, store.ExistsAsync);
    }
}

using System.Runtime.CompilerServices;
using Cax.Core.DeadLetters;
using Cax.Storage;

namespace Cax.Cli;

/// <summary>Where dead letters are: a directory, or a blob container by its address.</summary>
/// <param name="Name">As it is shown; of an address without its query.</param>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Store">The store.</param>
/// <param name="ExistsAsync">Whether it is there; an <see cref="IOException"/> says why nobody knows.</param>
internal sealed record DeadLetterPlace(string Name, string Kind, IDeadLetterStore Store, Func<CancellationToken, Task<bool>> ExistsAsync)
{
    /// <summary>Null when an address is wrong, which is then told.</summary>
    /// <param name="console">Where the environment is and where problems go.</param>
    /// <param name="text">A path or an address.</param>
    /// <param name="name">What the text was given as, for the beginning of a message.</param>
    public static DeadLetterPlace? Find(CliConsole console, string text, string name) => IsAddress(text)
        ? Container(console, text, name)
        : new DeadLetterPlace(text, "directory", new DirectoryDeadLetterStore(text), _ => Task.FromResult(Directory.Exists(text)));

    // Also a mistyped one: a directory of that name would hold the secret of a SAS in its name.
    private static bool IsAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal)
        || text.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || text.Contains("sig=", StringComparison.OrdinalIgnoreCase);

    // Not inlined, so that the libraries of Azure are loaded by nobody who does not need them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeadLetterPlace? Container(CliConsole console, string text, string name)
    {
        if (ContainerAddress.Parse(text, out var problem) is not { } address)
        {
            console.Say($"{name} {problem}");
            return null;
        }

        if (address.Open(console.Environment.GetValueOrDefault(ContainerAddress.ConnectionVariable), console.Time, out problem) is not { } store)
        {
            console.Say($"{address} {problem}");
            return null;
        }

        return new DeadLetterPlace(address.ToString(), "container", store, store.ExistsAsync);
    }
}

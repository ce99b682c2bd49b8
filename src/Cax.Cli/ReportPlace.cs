using System.Runtime.CompilerServices;
using Cax.Core.Documents;
using Cax.Storage;

namespace Cax.Cli;

/// <summary>Where reports, receipts and the progress of files are: a directory, or a blob container by its address.</summary>
internal static class ReportPlace
{
    /// <summary>Null when an address is wrong, which is then told.</summary>
    /// <param name="console">Where the environment is and where problems go.</param>
    /// <param name="text">A path or an address.</param>
    /// <param name="name">What the text was given as, for the beginning of a message.</param>
    public static IDocumentStore? Find(CliConsole console, string text, string name) =>
        ContainerText.IsAddress(text) ? Container(console, text, name) : new DirectoryDocuments(text);

    // Not inlined, so that the libraries of Azure are loaded by nobody who does not need them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BlobDocuments? Container(CliConsole console, string text, string name)
    {
        if (ContainerAddress.Parse(text, out var problem) is not { } address)
        {
            console.Say($"{name} {problem}");
            return null;
        }

        if (address.OpenDocuments(console.Environment.GetValueOrDefault(ContainerAddress.ConnectionVariable), out problem) is not { } documents)
        {
            console.Say($"{address} {problem}");
            return null;
        }

        return documents;
    }
}

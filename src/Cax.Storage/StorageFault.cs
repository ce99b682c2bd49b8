using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;

namespace Cax.Storage;

/// <summary>Makes the failures that are to be expected of a blob store an <see cref="IOException"/> that says what to do.</summary>
/// <remarks>The texts of the store itself hold addresses and sometimes a query, so of them only status and error code are repeated.</remarks>
internal static class StorageFault
{
    /// <summary>Runs something against the store.</summary>
    /// <param name="what">What it is done to, such as <c>the container dead-letter</c>.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellation">Ours: a cancellation without it is a time-out.</param>
    public static async Task<T> GuardAsync<T>(string what, Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Describe(e) is not null && !(e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw new IOException($"{what}: {Describe(e)}", e);
        }
    }

    /// <summary>The same for what gives nothing back.</summary>
    public static Task GuardAsync(string what, Func<Task> work, CancellationToken cancellation) => GuardAsync(
        what,
        async () =>
        {
            await work();
            return true;
        },
        cancellation);

    /// <summary>Whether the store did not answer, so that it would hardly answer another question just now.</summary>
    public static bool IsOutage(IOException failure) => failure.InnerException is not null and not RequestFailedException { Status: >= 400 and < 500 };

    /// <summary>A blob that was to be read is not there; its container may be missing too.</summary>
    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404;

    /// <summary>What went wrong, in words; null for a bug.</summary>
    private static string? Describe(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Describe(last),
        RequestFailedException request => Describe(request),
        CredentialUnavailableException =>
            "no credential for Azure was found; run `az login`, give the process a managed identity, or use an address with a SAS",
        AuthenticationFailedException => "the credential for Azure was refused; run `az login` again, or check the managed identity and its client id",
        OperationCanceledException or TimeoutException => "the store did not answer in time",
        HttpRequestException or EndOfStreamException or IOException { InnerException: SocketException } => "the connection failed; check the address and the network",

        // The client of Azure takes an answer apart without asking whether it is one of a blob store.
        InvalidDataException or XmlException or { Source: "Azure.Storage.Blobs" } => "what answers there is no blob store; check the address",
        _ => null,
    };

    private static string Describe(RequestFailedException failure) => (failure.Status, failure.ErrorCode) switch
    {
        (0, _) => "the store cannot be reached; check the address and the network",
        (401, var code) => $"401 {code}: the store does not accept these credentials",
        (403, var code) => $"403 {code}: no permission; it takes the role Storage Blob Data Contributor, or a SAS that is still valid and permits this",
        (404, "ContainerNotFound") => "404 ContainerNotFound: there is no such container",
        (400, "InvalidBlockList") => "400 InvalidBlockList: another process writes the same document; what it does not write comes again",
        (404, var code) => $"404 {code}: it is not there",
        var (status, code) => FormattableString.Invariant($"{status} {code}").TrimEnd(),
    };
}

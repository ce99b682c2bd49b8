using Azure.Identity;
using Azure.Storage.Blobs;

namespace Cax.Storage;

/// <summary>The address of a blob container, as a person writes it in the place of a directory.</summary>
public sealed class ContainerAddress
{
    /// <summary>A connection string for the account that it names.</summary>
    public const string ConnectionVariable = "AZURE_STORAGE_CONNECTION_STRING";

    private readonly Uri _uri;

    private ContainerAddress(Uri uri) => _uri = uri;

    /// <summary>Reads an address. Null when it is none, with what is wrong as the end of a sentence that begins with its name.</summary>
    public static ContainerAddress? Parse(string text, out string problem)
    {
        problem = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) || uri.UserInfo.Length > 0)
        {
            problem = "is not the https address of a blob container, such as https://ACCOUNT.blob.core.windows.net/dead-letter";
        }
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            problem = "must begin with https://; plain http is for an emulator on this machine";
        }
        else if (uri.AbsolutePath.Trim('/').Split('/') is var parts && (parts.Any(part => part.Length == 0) || parts.Length != (IsEmulator(uri) ? 2 : 1)))
        {
            problem = IsEmulator(uri)
                ? "must name an account and a container, such as http://127.0.0.1:10000/devstoreaccount1/dead-letter"
                : "must name a container and nothing below it, such as https://ACCOUNT.blob.core.windows.net/dead-letter";
        }

        return problem.Length == 0 ? new ContainerAddress(uri!) : null;
    }

    /// <summary>The address without its query, which is a secret.</summary>
    public override string ToString() => _uri.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Opens the store of dead letters there. Null when the credentials are missing or wrong, with what to do.</summary>
    /// <param name="connection">The value of <see cref="ConnectionVariable"/>; it is used if it is for the same account.</param>
    /// <param name="time">The clock.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the address.</param>
    public BlobDeadLetterStore? Open(string? connection, TimeProvider time, out string problem) =>
        Container(connection, out problem) is { } container ? new BlobDeadLetterStore(container, time) : null;

    /// <summary>Opens the store of documents there. Null when the credentials are missing or wrong, with what to do.</summary>
    /// <param name="connection">The value of <see cref="ConnectionVariable"/>; it is used if it is for the same account.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the address.</param>
    public BlobDocuments? OpenDocuments(string? connection, out string problem) =>
        Container(connection, out problem) is { } container ? new BlobDocuments(container) : null;

    private BlobContainerClient? Container(string? connection, out string problem)
    {
        problem = "";
        if (_uri.Query.Length > 1)
        {
            return new BlobContainerClient(_uri, BlobClients.Options());
        }

        if (connection is { Length: > 0 } && OfConnection(connection) is { } container)
        {
            return container;
        }

        if (_uri.Scheme == Uri.UriSchemeHttp)
        {
            problem = $"takes {ConnectionVariable} for this account, or a SAS: an identity is never sent over plain http";
            return null;
        }

        return new BlobContainerClient(_uri, new DefaultAzureCredential(), BlobClients.Options());
    }

    private static bool IsEmulator(Uri uri) => uri.IsLoopback;

    /// <summary>Null when the connection string is for another account, or none.</summary>
    private BlobContainerClient? OfConnection(string connection)
    {
        if (BlobClients.OfConnectionString(connection) is not { } service)
        {
            return null;
        }

        var account = ToString();
        account = account[..account.LastIndexOf('/')];
        return service.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/').Equals(account, StringComparison.OrdinalIgnoreCase)
            ? service.GetBlobContainerClient(_uri.AbsolutePath.TrimEnd('/')[(_uri.AbsolutePath.TrimEnd('/').LastIndexOf('/') + 1)..])
            : null;
    }
}

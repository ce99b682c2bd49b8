using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Cax.Core.Settings;

namespace Cax.Storage;

/// <summary>
/// The connection settings of the Functions host, as the host reads them: a connection string under the name itself, else an identity under
/// <c>{name}__blobServiceUri</c>, <c>{name}__queueServiceUri</c>, <c>{name}__credential</c> and <c>{name}__clientId</c>.
/// </summary>
public static class StorageConnection
{
    /// <summary>Opens a connection. Null when the settings are wrong, which is then among their problems.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="name">The name of the connection, such as <c>CaxStorage</c>.</param>
    public static BlobServiceClient? Open(SettingsReader settings, string name)
    {
        var blobs = settings.Text($"{name}__blobServiceUri");
        var queues = settings.Text($"{name}__queueServiceUri");
        var credential = settings.Text($"{name}__credential");
        var client = settings.Text($"{name}__clientId");

        // A connection string wins, as it does in the host.
        if (settings.Text(name) is { } connection)
        {
            if (BlobClients.OfConnectionString(connection) is { } service)
            {
                return service;
            }

            settings.Problem(name, "must be the connection string of a storage account, such as UseDevelopmentStorage=true; for an identity leave it out and set "
                + $"{name}__blobServiceUri");
            return null;
        }

        var before = settings.Problems.Count;
        RefuseShortForms(settings, name, blobs);
        if (blobs is null && settings.Problems.Count == before)
        {
            settings.Problem(name, $"must be a connection string, or {name}__blobServiceUri and {name}__queueServiceUri must be set for an identity");
        }

        var uri = Service(settings, $"{name}__blobServiceUri", "blob", blobs);
        _ = Service(settings, $"{name}__queueServiceUri", "queue", queues);
        if (blobs is not null && queues is null)
        {
            settings.Problem($"{name}__queueServiceUri", $"must be set beside {name}__blobServiceUri, such as https://ACCOUNT.queue.core.windows.net: the blob trigger keeps its work there");
        }

        var identity = Identity(settings, name, credential, client);
        return settings.Problems.Count == before && uri is not null ? new BlobServiceClient(uri, identity, BlobClients.Options()) : null;
    }

    /// <summary>The host takes these, but the worker that binds the blobs does not.</summary>
    private static void RefuseShortForms(SettingsReader settings, string name, string? blobs)
    {
        foreach (var form in (string[])["serviceUri", "accountName"])
        {
            if (settings.Text($"{name}__{form}") is not null && blobs is null)
            {
                settings.Problem($"{name}__{form}", $"is not enough: set {name}__blobServiceUri and {name}__queueServiceUri in its place, with the addresses of the two services");
            }
        }
    }

    private static Uri? Service(SettingsReader settings, string setting, string service, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // An identity is never sent over plain http.
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0)
        {
            return uri;
        }

        settings.Problem(setting, $"must be an https address without a query, such as https://ACCOUNT.{service}.core.windows.net");
        return null;
    }

    private static TokenCredential Identity(SettingsReader settings, string name, string? credential, string? client)
    {
        if (credential is null)
        {
            if (client is not null)
            {
                settings.Problem($"{name}__clientId", $"takes {name}__credential=managedidentity beside it");
            }

            return new DefaultAzureCredential();
        }

        if (!credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
        {
            settings.Problem($"{name}__credential", "must be managedidentity, or left out to use the credential of the developer");
        }

        return new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client));
    }
}

using Cax.Core.Settings;

namespace Cax.Core.Mapping;

/// <summary>How people are identified.</summary>
public sealed record IdentityOptions
{
    /// <summary>
    /// The key of the hash that makes a <c>consistent_anonymous_id</c> out of a customer id or an e-mail (CAX reference 12.8).
    /// Default: derived from the site id, which is stable but not secret.
    /// </summary>
    public string HashKey { get; init; } = "";

    /// <summary>Whether e-mail and phone are sent as SHA-256 only (CAX reference 5.2). Default false.</summary>
    public bool SendHashed { get; init; }

    public static IdentityOptions Read(SettingsReader settings, string siteId) => new()
    {
        HashKey = settings.Text("Cax__Identity__HashKey") ?? "cax-site-" + siteId,
        SendHashed = settings.Flag("Cax__Identity__SendHashed", false),
    };
}

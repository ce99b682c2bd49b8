using Cax.Core.Settings;

namespace Cax.Core.Delivery;

/// <summary>The Config API, the only public way to learn that a source key is wrong (CAX reference 8).</summary>
public sealed record ConfigApiOptions
{
    private const string DefaultEndpoint = "https://api.commander1.com";

    /// <summary>The bearer token; null when there is none, and then nothing is checked.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The host. Default <c>https://api.commander1.com</c>; for a collect endpoint on this machine, that endpoint, so that no token of a test leaves it.
    /// </summary>
    public Uri Endpoint { get; init; } = new(DefaultEndpoint);

    public static ConfigApiOptions Read(SettingsReader settings)
    {
        var collect = DestinationSettings.TryReadUri(settings, "Cax__Endpoint");
        var fallback = collect is { IsLoopback: true } ? collect : new Uri(DefaultEndpoint);
        var token = settings.Text("Cax__ConfigApi__Token");
        var endpoint = DestinationSettings.TryReadUri(settings, "Cax__ConfigApi__Endpoint") ?? fallback;
        if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
        {
            settings.Problem("Cax__ConfigApi__Endpoint", "must be an https address");
        }

        return new ConfigApiOptions { Token = token, Endpoint = endpoint };
    }
}

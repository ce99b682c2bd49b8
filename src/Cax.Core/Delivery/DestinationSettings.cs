using Cax.Core.Settings;

namespace Cax.Core.Delivery;

/// <summary>Reads the destinations: the first one from <c>Cax__SiteId</c>…, further ones from <c>Cax__Destinations__{name}__SiteId</c>….</summary>
internal static class DestinationSettings
{
    private static readonly Uri CollectHost = new("https://collect.commander1.com");

    public static Dictionary<string, Destination> Read(SettingsReader settings, DeliveryOptions delivery, bool needed)
    {
        var found = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase);
        Add(Destination.DefaultName, "Cax", CollectHost, needed);
        var general = found.TryGetValue(Destination.DefaultName, out var first) ? first.Endpoint : CollectHost;
        foreach (var name in settings.Children("Cax__Destinations"))
        {
            Add(name, "Cax__Destinations__" + name, general, needed: true);
        }

        return found;

        void Add(string name, string prefix, Uri fallback, bool needed)
        {
            var site = settings.Text(prefix + "__SiteId");
            var key = settings.Text(prefix + "__SourceKey");
            var endpoint = TryReadUri(settings, prefix + "__Endpoint") ?? fallback;
            if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback && !delivery.AllowHttp)
            {
                settings.Problem(prefix + "__Endpoint", "must be an https address; plain http is for this machine only, or with Cax__Delivery__AllowHttp=true");
            }

            if (endpoint.AbsolutePath.TrimEnd('/').EndsWith("/events", StringComparison.OrdinalIgnoreCase)
                || endpoint.AbsolutePath.TrimEnd('/').EndsWith("/events/batch", StringComparison.OrdinalIgnoreCase))
            {
                settings.Problem(prefix + "__Endpoint", "must be the collection host alone; /events/batch is added to it");
            }

            if (site is not null && !site.All(char.IsAsciiDigit))
            {
                settings.Problem(prefix + "__SiteId", "must be the number of your CAX site");
                site = null;
            }
            else if (site is null && needed)
            {
                settings.Problem(prefix + "__SiteId", "must be set: the number of your CAX site");
            }

            if (string.IsNullOrWhiteSpace(key) && needed)
            {
                settings.Problem(prefix + "__SourceKey", "must be set: the key of your CAX source");
            }

            if (site is not null && !string.IsNullOrWhiteSpace(key))
            {
                found[name] = new Destination(name, site, new SourceKey(key.Trim()), endpoint);
            }
        }
    }

    public static Uri? TryReadUri(SettingsReader settings, string name)
    {
        if (settings.Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Query.Length + uri.UserInfo.Length + uri.Fragment.Length == 0)
        {
            return uri;
        }

        settings.Problem(name, "must be an address such as https://collect.commander1.com, without a query or fragment");
        return null;
    }
}

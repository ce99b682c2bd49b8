namespace Cax.Core.Delivery;

/// <summary>The one place where the source key becomes part of a URL (CAX reference 2.1, 2.2). Prints itself without it.</summary>
internal sealed class CollectUrl
{
    private readonly string _shown;

    public CollectUrl(Destination destination, DeliveryMode mode)
    {
        var path = destination.Endpoint.AbsoluteUri.TrimEnd('/') + (mode == DeliveryMode.Batch ? "/events/batch" : "/events");
        var site = Uri.EscapeDataString(destination.SiteId);
        Value = new Uri($"{path}?tc_s={site}&token={Uri.EscapeDataString(destination.Key.Reveal())}");
        _shown = $"{path}?tc_s={site}&token={destination.Key}";
    }

    public Uri Value { get; }

    public override string ToString() => _shown;
}

namespace Cax.Core.Delivery;

/// <summary>One CAX site and source key.</summary>
/// <param name="Name">The name in the settings; <c>default</c> for the first one.</param>
/// <param name="SiteId">The site id, <c>tc_s</c>.</param>
/// <param name="Key">The source key, <c>token</c>.</param>
/// <param name="Endpoint">The collection host, such as <c>https://collect.commander1.com</c>.</param>
public sealed record Destination(string Name, string SiteId, SourceKey Key, Uri Endpoint)
{
    /// <summary>The name of the destination that needs no name.</summary>
    public const string DefaultName = "default";
}

namespace Cax.Core.Delivery;

/// <summary>
/// Asks the Config API whether a source key belongs to an active source. The collect endpoint itself does not say: it answers 200 to any key
/// (CAX reference 8.3).
/// </summary>
/// <param name="options">Token and address.</param>
/// <param name="http">How the Config API is reached; null for a connection of our own.</param>
/// <param name="time">The clock.</param>
public sealed class SourceCheck(ConfigApiOptions options, HttpMessageHandler? http, TimeProvider time)
{
    /// <summary>Never throws for what the Config API does; asks once, for at most ten seconds.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async Task<SourceVerdict> CheckAsync(Destination destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (options.Token is null)
        {
            return new SourceVerdict(SourceStanding.NotChecked, "no Config API token is set (Cax__ConfigApi__Token), so nobody can tell");
        }

        using var invoker = new HttpMessageInvoker(http ?? OutgoingHttp.CreateHandler(), disposeHandler: http is null);
        return Judge(await new ConfigApi(options, invoker, time).FindSourcesAsync(destination, cancellation), destination.SiteId);
    }

    /// <summary>What the list of sources with a key says about the key.</summary>
    internal static SourceVerdict Judge(ConfigApiAnswer<List<ConfigApiSource>> answer, string siteId) => answer switch
    {
        { Failure: ConfigApiFailure.Refused } => new SourceVerdict(
            SourceStanding.TokenRefused, $"the Config API refuses the token for site {siteId} ({answer.Detail})"),
        { Value: null } => new SourceVerdict(SourceStanding.Unreachable, $"the Config API gives no answer ({answer.Detail})"),
        { Value.Count: 0 } => new SourceVerdict(SourceStanding.UnknownKey, $"no source of site {siteId} has this key"),
        { Value: var sources } when ActiveOf(sources) is { } active =>
            new SourceVerdict(SourceStanding.Active, active.Id.Length > 0 ? $"active source {active.Id} of site {siteId}" : $"an active source of site {siteId}"),
        { Value: [{ IsDeleted: true }, ..] } => new SourceVerdict(SourceStanding.Inactive, $"the source with this key on site {siteId} was deleted"),
        _ => new SourceVerdict(SourceStanding.Inactive, $"the source with this key on site {siteId} is not active"),
    };

    internal static ConfigApiSource? ActiveOf(List<ConfigApiSource> sources) => sources.Find(source => source is { IsActive: true, IsDeleted: false });
}

/// <summary>What the Config API says about a source key.</summary>
/// <param name="Standing">The verdict.</param>
/// <param name="Detail">The verdict in words; holds neither key nor token.</param>
public sealed record SourceVerdict(SourceStanding Standing, string Detail)
{
    /// <summary>Whether it is certain that events sent with this key would be lost.</summary>
    public bool LosesEvents => Standing is SourceStanding.UnknownKey or SourceStanding.Inactive;
}

/// <summary>How a source key stands.</summary>
public enum SourceStanding
{
    /// <summary>There is no token to ask with.</summary>
    NotChecked,

    /// <summary>It belongs to an active source.</summary>
    Active,

    /// <summary>It belongs to a source that is not active, or deleted.</summary>
    Inactive,

    /// <summary>It belongs to no source of the site.</summary>
    UnknownKey,

    /// <summary>The Config API does not take the token for this site.</summary>
    TokenRefused,

    /// <summary>The Config API gave no usable answer.</summary>
    Unreachable,
}

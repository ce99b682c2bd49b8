namespace Cax.Core.Delivery;

/// <summary>Asks the Config API which sources of a site have a key, and what it counted of them (CAX reference 8.1 to 8.4).</summary>
internal sealed class ConfigApi(ConfigApiOptions options, HttpMessageInvoker http, TimeProvider time)
{
    private const int MostBytes = 16 * 1_024 * 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The sources of the destination's site that have its key.</summary>
    public ValueTask<ConfigApiAnswer<List<ConfigApiSource>>> FindSourcesAsync(Destination destination, CancellationToken cancellation) => AskAsync(
        destination, "sources?include=connector,environment,health", "list of sources", body => ConfigApiJson.ReadSources(body, destination.Key), cancellation);

    /// <summary>What was counted of one source of the destination's site.</summary>
    public ValueTask<ConfigApiAnswer<SourceQuality>> ReadQualityAsync(Destination destination, string sourceId, CancellationToken cancellation) => AskAsync(
        destination, "monitoring/sources-data-quality?source=" + Uri.EscapeDataString(sourceId), "list of counts", SourceQualityJson.Read, cancellation);

    private async ValueTask<ConfigApiAnswer<T>> AskAsync<T>(
        Destination destination, string call, string expected, Func<ReadOnlyMemory<byte>, T?> read, CancellationToken cancellation)
        where T : class
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await GetAsync(destination, call, expected, read, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ConfigApiAnswer<T>.Failed(ConfigApiFailure.Unreachable, "no answer in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ConfigApiAnswer<T>.Failed(ConfigApiFailure.Unreachable, ConnectionFault.Describe(e));
        }
    }

    private async ValueTask<ConfigApiAnswer<T>> GetAsync<T>(
        Destination destination, string call, string expected, Func<ReadOnlyMemory<byte>, T?> read, CancellationToken cancellation)
        where T : class
    {
        var token = options.Token?.Trim() ?? "";
        if (token.Length == 0 || token.Any(c => c is <= ' ' or > '~'))
        {
            return ConfigApiAnswer<T>.Failed(ConfigApiFailure.Refused, "the token holds characters that no token has");
        }

        var url = $"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/v2/{Uri.EscapeDataString(destination.SiteId)}/{call}";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request, cancellation);
        var body = await ReadAsync(response.Content, cancellation);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return read(body) is { } value
                ? new ConfigApiAnswer<T>(value, ConfigApiFailure.None, "")
                : ConfigApiAnswer<T>.Failed(ConfigApiFailure.Unreachable, $"HTTP {status}, but what came is no {expected}");
        }

        var code = ConfigApiJson.ReadErrorCode(body);
        return ConfigApiAnswer<T>.Failed(
            status is 408 or 425 or 429 or >= 500 ? ConfigApiFailure.Unreachable : ConfigApiFailure.Refused,
            code is null ? $"HTTP {status}" : $"HTTP {status}, {code}");
    }

    /// <summary>The body; nothing when it is larger than any answer of use.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1_024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (kept.Length + count > MostBytes)
            {
                return default;
            }

            kept.Write(buffer, 0, count);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}

/// <summary>What the Config API said.</summary>
/// <param name="Value">The answer; null when it gave none.</param>
/// <param name="Failure">Why it gave none.</param>
/// <param name="Detail">The same in words; holds neither key nor token.</param>
internal sealed record ConfigApiAnswer<T>(T? Value, ConfigApiFailure Failure, string Detail)
    where T : class
{
    public static ConfigApiAnswer<T> Failed(ConfigApiFailure failure, string detail) => new(null, failure, detail);
}

/// <summary>Why the Config API did not answer the question.</summary>
internal enum ConfigApiFailure
{
    None,

    /// <summary>No answer, or none of use: trying again may help.</summary>
    Unreachable,

    /// <summary>It does not take the token for this site.</summary>
    Refused,
}

/// <summary>A source that has the key.</summary>
/// <param name="Id">Its id in CAX; empty when it has none.</param>
/// <param name="IsActive">Whether its status is <c>active</c>.</param>
/// <param name="IsDeleted">Whether it was deleted.</param>
internal sealed record ConfigApiSource(string Id, bool IsActive, bool IsDeleted);

namespace Cax.Core.Delivery;

/// <summary>Asks the Config API which sources of a site have a key (CAX reference 8.1 to 8.3).</summary>
internal sealed class ConfigApi(ConfigApiOptions options, HttpMessageInvoker http, TimeProvider time)
{
    private const int MostBytes = 16 * 1_024 * 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask<ConfigApiAnswer> FindSourcesAsync(Destination destination, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await AskAsync(destination, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ConfigApiAnswer.Failed(ConfigApiFailure.Unreachable, "no answer in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ConfigApiAnswer.Failed(ConfigApiFailure.Unreachable, ConnectionFault.Describe(e));
        }
    }

    private async ValueTask<ConfigApiAnswer> AskAsync(Destination destination, CancellationToken cancellation)
    {
        var url = $"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/v2/{Uri.EscapeDataString(destination.SiteId)}/sources?include=connector,environment,health";
        var token = options.Token?.Trim() ?? "";
        if (token.Length == 0 || token.Any(c => c is <= ' ' or > '~'))
        {
            return ConfigApiAnswer.Failed(ConfigApiFailure.Refused, "the token holds characters that no token has");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request, cancellation);
        var body = await ReadAsync(response.Content, cancellation);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return ConfigApiJson.ReadSources(body, destination.Key)
                ?? ConfigApiAnswer.Failed(ConfigApiFailure.Unreachable, $"HTTP {status}, but what came is no list of sources");
        }

        var code = ConfigApiJson.ReadErrorCode(body);
        return ConfigApiAnswer.Failed(
            status is 408 or 425 or 429 or >= 500 ? ConfigApiFailure.Unreachable : ConfigApiFailure.Refused,
            code is null ? $"HTTP {status}" : $"HTTP {status}, {code}");
    }

    /// <summary>The body; nothing when it is larger than any list of sources.</summary>
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
/// <param name="Sources">The sources with the key; null when it did not say.</param>
/// <param name="Failure">Why it did not say.</param>
/// <param name="Detail">The same in words; holds neither key nor token.</param>
internal sealed record ConfigApiAnswer(IReadOnlyList<ConfigApiSource>? Sources, ConfigApiFailure Failure, string Detail)
{
    public static ConfigApiAnswer Failed(ConfigApiFailure failure, string detail) => new(null, failure, detail);
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

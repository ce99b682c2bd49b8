using System.Globalization;
using Cax.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Monitoring;

/// <summary>The part of the Config API that tells a sender about its source (CAX reference 8.3 and 8.4), fed by the record book.</summary>
internal sealed class ConfigApi(TwinOptions options, RecordBook book)
{
    public const string Prefix = "/v2/";

    public Task HandleAsync(HttpContext http) => Answer(http.Request).WriteAsync(http.Response);

    private ConfigAnswer Answer(HttpRequest request)
    {
        var (site, call) = Split(request.Path.Value ?? "");
        if (Denial(request, site) is { } denial) return denial;
        if (!HttpMethods.IsGet(request.Method))
            return ConfigAnswer.Error(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "only GET is answered here");
        return call switch
        {
            "sources" => SourcesAnswer.Of(options, book, WantsHealth(request)),
            "monitoring/sources-data-quality" => Quality(request),
            _ => NotFound("no such resource"),
        };
    }

    private static (string Site, string Call) Split(string path)
    {
        var rest = path[Prefix.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
    }

    private ConfigAnswer? Denial(HttpRequest request, string site)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0) return Unauthorized("MISSING_AUTHORIZATION_HEADER", "the Authorization header is missing");
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return Unauthorized("UNKNOWN_TOKEN_TYPE", "the Authorization header must carry a bearer token");
        var token = header[scheme.Length..].Trim();
        if (token.Length == 0 || (options.ConfigToken is not null && token != options.ConfigToken))
            return Unauthorized("UNKNOWN_TOKEN", "the token is not known");
        return options.SiteId is null || site == options.SiteId
            ? null
            : ConfigAnswer.Error(StatusCodes.Status403Forbidden, "SITE_ACCESS_FORBIDDEN", "the token does not open this site");
    }

    private static bool WantsHealth(HttpRequest request) =>
        request.Query["include"].ToString().Split(',', StringSplitOptions.TrimEntries).Contains("health");

    private ConfigAnswer Quality(HttpRequest request)
    {
        var source = request.Query["source"].ToString();
        return source == options.SourceId.ToString(CultureInfo.InvariantCulture)
            ? QualityAnswer.Of(options, book.Events())
            : NotFound("no such source");
    }

    private static ConfigAnswer Unauthorized(string code, string detail) =>
        ConfigAnswer.Error(StatusCodes.Status401Unauthorized, code, detail);

    private static ConfigAnswer NotFound(string detail) => ConfigAnswer.Error(StatusCodes.Status404NotFound, "NOT_FOUND", detail);
}

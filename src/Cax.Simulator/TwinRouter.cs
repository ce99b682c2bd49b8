using Cax.Simulator.Collecting;
using Cax.Simulator.Control;
using Cax.Simulator.Monitoring;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator;

/// <summary>Which room answers a path; exact, since no route of the vendor is known to forgive a slip.</summary>
internal sealed class TwinRouter(CollectEndpoint collect, ConfigApi config, ControlEndpoint control)
{
    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path is CollectPaths.Event or CollectPaths.Batch) return collect.HandleAsync(http);
        if (path.StartsWith(ConfigApi.Prefix, StringComparison.Ordinal)) return config.HandleAsync(http);
        if (path == ControlEndpoint.Root || path.StartsWith(ControlEndpoint.Root + "/", StringComparison.Ordinal))
            return control.HandleAsync(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

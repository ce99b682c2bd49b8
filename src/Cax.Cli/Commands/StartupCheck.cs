using Cax.Core;
using Cax.Core.Delivery;

namespace Cax.Cli.Commands;

/// <summary>Asks, before anything is sent, whether CAX would keep it: the collect endpoint answers 200 to any key.</summary>
internal static class StartupCheck
{
    /// <summary>False when it is certain that events would be lost, which is then told. Nobody to ask is no reason not to send.</summary>
    public static async Task<bool> PassesAsync(
        CliConsole console, CaxOptions options, IEnumerable<Destination> destinations, CancellationToken cancellation)
    {
        var passes = true;
        foreach (var destination in options.ConfigApi.Token is null ? [] : destinations)
        {
            var verdict = await new SourceCheck(options.ConfigApi, http: null, console.Time).CheckAsync(destination, cancellation);
            if (verdict.LosesEvents)
            {
                console.Say($"{verdict.Detail}: CAX would answer 200 and lose every event, so nothing is sent. Check Cax__SiteId and Cax__SourceKey.");
                passes = false;
            }
            else if (verdict.Standing != SourceStanding.Active)
            {
                console.Say($"warning: {verdict.Detail}; sending without knowing whether the key belongs to an active source.");
            }
        }

        return passes;
    }
}

using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;

namespace CaxFunctions.Telemetry;

/// <summary>How Application Insights is written to.</summary>
internal static class AzureMonitorSettings
{
    /// <summary>
    /// <c>Authorization=AAD</c> for the system-assigned identity, <c>ClientId=…;Authorization=AAD</c> for a user-assigned one. The host obeys the same
    /// setting; the worker has to be told by code.
    /// </summary>
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void Apply(IConfiguration configuration, AzureMonitorExporterOptions options)
    {
        options.ConnectionString = configuration[TelemetrySetup.AzureMonitor];
        options.Credential = Credential(configuration[Authentication]);

        // The exporter keeps five traces a second unless it is told otherwise. A run is one trace, and each of them is somebody's orders.
        options.TracesPerSecond = null;
        options.SamplingRatio = 1;
    }

    /// <summary>Null when the connection string is all there is.</summary>
    private static ManagedIdentityCredential? Credential(string? authentication)
    {
        var parts = (authentication ?? "")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(part => part.Length == 2)
            .DistinctBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!"AAD".Equals(parts.GetValueOrDefault("Authorization"), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new ManagedIdentityCredential(parts.GetValueOrDefault("ClientId") is { Length: > 0 } clientId
            ? ManagedIdentityId.FromUserAssignedClientId(clientId)
            : ManagedIdentityId.SystemAssigned);
    }
}

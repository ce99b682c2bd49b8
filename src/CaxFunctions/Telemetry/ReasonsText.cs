using Cax.Core.Reports;

namespace CaxFunctions.Telemetry;

/// <summary>The reasons of accounts as logs have them.</summary>
internal static class ReasonsText
{
    /// <summary>Each reason with its number of records, such as <c>consent_unknown 3, malformed_json 1</c>.</summary>
    public static string ReasonsInWords(this Accounts accounts) => string.Join(", ", accounts.Reasons.Select(reason => $"{reason.Key} {reason.Value}"));
}

using Cax.Core.Mapping;
using Cax.Core.Reports;

namespace CaxFunctions.Telemetry;

/// <summary>Parts of accounts as logs have them.</summary>
internal static class AccountsText
{
    /// <summary>Each reason with its number of records, such as <c>consent_unknown 3, malformed_json 1</c>.</summary>
    public static string ReasonsInWords(this Accounts accounts) => string.Join(", ", accounts.Reasons.Select(reason => $"{reason.Key} {reason.Value}"));

    /// <summary>Each profile with the rule that chose it and its number of records, such as <c>woocommerce by shape 12, till by queue 1</c>.</summary>
    public static string ProfilesInWords(this Accounts accounts) => accounts.Profiles.Count == 0
        ? "none"
        : string.Join(", ", accounts.Profiles.Select(profile => $"{profile.Key.Name} by {profile.Key.By.Name()} {profile.Value}"));
}

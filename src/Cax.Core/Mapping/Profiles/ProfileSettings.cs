using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles;

/// <summary>Compares what the settings say about profiles with the profiles that there are. It never repeats a value.</summary>
public static class ProfileSettings
{
    /// <summary>What is wrong with the parameters, one sentence each: they are for a profile that there is not, or a built-in one cannot take them.</summary>
    public static IReadOnlyList<string> ParameterProblems(ProfileOptions options, ProfileCatalog catalog) =>
    [
        .. options.Parameters.Keys
            .Where(profile => !catalog.Has(profile))
            .Select(profile => Unknown($"Cax__Profiles__Parameters__{profile}", "are parameters of a profile that there is not", profile, catalog)),
        .. catalog.Problems.Where(problem => problem.Place.StartsWith(BuiltInProfiles.Place, StringComparison.Ordinal)).Select(problem => problem.ToString()),
    ];

    /// <summary>The same, and what is wrong with the profiles of queues and files: each has to be there and without mistakes.</summary>
    public static IReadOnlyList<string> Problems(CaxOptions options, ProfileCatalog catalog) =>
    [
        .. ParameterProblems(options.Mapping.Profiles, catalog),
        .. options.ServiceBus.Profiles.Select(queue => Problem($"Cax__ServiceBus__Profiles__{queue.Key}", queue.Value, catalog)).OfType<string>(),
        .. options.Exports.Paths.Select((rule, i) => Problem(FormattableString.Invariant($"Cax__Exports__Paths__{i}__Profile"), rule.Profile, catalog)).OfType<string>(),
    ];

    private static string? Problem(string setting, string profile, ProfileCatalog catalog) =>
        !catalog.Has(profile) ? Unknown(setting, "names a profile that there is not", profile, catalog)
        : catalog.IsBroken(profile) ? $"{setting} names a profile that has mistakes."
        : null;

    private static string Unknown(string setting, string what, string profile, ProfileCatalog catalog) =>
        NearestName.Of(profile, catalog.Given) is { } near ? $"{setting} {what}; the nearest one is {near}." : $"{setting} {what}.";
}

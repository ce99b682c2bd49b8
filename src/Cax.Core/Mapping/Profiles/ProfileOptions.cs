using System.Collections.Frozen;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles;

/// <summary>Where profiles of the owner are, and what differs from shop to shop in all of them.</summary>
public sealed record ProfileOptions
{
    /// <summary>The blob container in which the Function app finds the profiles of its owner; it need not exist. Default <c>profiles</c>.</summary>
    public string Container { get; init; } = "profiles";

    /// <summary>How often the Function app looks whether one of them was changed. Default a minute; zero for never.</summary>
    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Values of parameters, by profile and parameter; case does not matter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parameters { get; init; } =
        FrozenDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    public static ProfileOptions Read(SettingsReader settings)
    {
        var defaults = new ProfileOptions();
        return new ProfileOptions
        {
            Container = settings.Text("Cax__Profiles__Container") ?? defaults.Container,
            ReloadEvery = settings.Duration("Cax__Profiles__ReloadEvery", defaults.ReloadEvery, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Parameters = ReadParameters(settings),
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ReadParameters(SettingsReader settings)
    {
        const string all = "Cax__Profiles__Parameters";
        var profiles = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var profile in settings.Children(all))
        {
            // App settings on Linux cannot have a hyphen in their names, and the names of profiles have no underscore.
            var name = profile.Replace('_', '-');
            if (!profiles.TryGetValue(name, out var values))
            {
                profiles[name] = values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            }

            foreach (var parameter in settings.Children($"{all}__{profile}"))
            {
                if (settings.Text($"{all}__{profile}__{parameter}") is { } value)
                {
                    values[parameter] = value;
                }
            }
        }

        return profiles.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, string>)pair.Value, StringComparer.OrdinalIgnoreCase);
    }
}

using Cax.Core.Events;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Settings;

namespace Cax.Core.Mapping;

/// <summary>Reads what mapping depends on, with the settings of single sources over the general ones.</summary>
internal static class MappingSettings
{
    /// <summary>Settings of all sources that stand beside the names of single ones.</summary>
    private static readonly string[] NotSources = ["MaxRecordBytes"];

    public static MappingOptions Read(SettingsReader settings, EventOptions events)
    {
        var general = new SourceMapping
        {
            Consent = ConsentOptions.Read(settings),
            DefaultType = events.DefaultType,
        };
        var bySource = new Dictionary<string, SourceMapping>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in settings.Children("Cax__Sources").Except(NotSources, StringComparer.OrdinalIgnoreCase))
        {
            var prefix = "Cax__Sources__" + name;
            bySource[name] = new SourceMapping
            {
                Consent = ConsentOptions.Read(settings, prefix + "__Consent", general.Consent),
                DefaultType = settings.Text(prefix + "__DefaultType") ?? general.DefaultType,
            };

            // App settings on Linux cannot have a hyphen in their names, and many sources have.
            bySource.TryAdd(name.Replace('_', '-'), bySource[name]);
        }

        return new MappingOptions
        {
            General = general,
            BySource = bySource,
            Identity = IdentityOptions.Read(settings, settings.Text("Cax__SiteId") ?? ""),
            Profiles = ProfileOptions.Read(settings),
            MaxEventBytes = events.MaxBytes,
        };
    }
}

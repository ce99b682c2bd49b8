using Cax.Core;
using Cax.Core.Settings;

namespace Cax.Cli.Demo;

/// <summary>The settings of the demo, by the names that anybody would use. Settings of the environment do not reach it.</summary>
internal static class DemoSettings
{
    public const string Site = "29";

    /// <summary>An invented key that only the twin of the demo knows.</summary>
    public const string Key = "00000000-0000-4000-8000-000000000000";

    public static CaxOptions For(Uri endpoint, string deadLetters)
    {
        var settings = new SettingsReader(new Dictionary<string, string?>
        {
            ["Cax__Endpoint"] = endpoint.AbsoluteUri,
            ["Cax__SiteId"] = Site,
            ["Cax__SourceKey"] = Key,
            ["Cax__SourceName"] = "demo-shop",
            ["Cax__DeadLetters__Directory"] = deadLetters,
            ["Cax__Consent__Policy"] = "require",

            // A SegmentStream hit has no place for consent, so whoever sends such hits has to say what they may be used for.
            ["Cax__Sources__segmentstream__Consent__Policy"] = "configured",
            ["Cax__Sources__segmentstream__Consent__Categories__0"] = "1",
        });
        var options = CaxOptions.Read(settings, needsDestination: true);
        return settings.Problems.Count == 0
            ? options
            : throw new InvalidOperationException($"The settings of the demo are wrong: {string.Join(" ", settings.Problems)}");
    }
}

using System.Collections.Frozen;
using Cax.Core.Settings;

namespace Cax.Core.Sources;

/// <summary>How the Function app treats the messages of its queues. The command line knows these settings and has no use for them.</summary>
public sealed record ServiceBusOptions
{
    /// <summary>50 minutes: an invocation has to end before the <c>functionTimeout</c> of <c>host.json</c>, which would end the process with everything in it.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(50);

    /// <summary>The functions that take messages, by their names in the Function app.</summary>
    public static readonly IReadOnlyList<string> Functions = ["OrderMessages", "LeadMessages"];

    /// <summary>
    /// How long an invocation holds on to the messages of a destination that takes nothing. Default 25 minutes; at most <see cref="LongestHold"/>.
    /// </summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>The <c>maxDeliveryCount</c> of the queues: which delivery of a message is its last. Default 100.</summary>
    public int MaxDeliveryCount { get; init; } = 100;

    /// <summary>The profile of messages that name none, by the function that takes them; a function that is not here has none.</summary>
    public IReadOnlyDictionary<string, string> Profiles { get; init; } = FrozenDictionary<string, string>.Empty;

    public static ServiceBusOptions Read(SettingsReader settings)
    {
        var defaults = new ServiceBusOptions();
        return new ServiceBusOptions
        {
            HoldFor = settings.Duration("Cax__ServiceBus__HoldFor", defaults.HoldFor, TimeSpan.Zero, LongestHold),
            MaxDeliveryCount = settings.Number("Cax__ServiceBus__MaxDeliveryCount", defaults.MaxDeliveryCount, 1, 2_000),
            Profiles = ReadProfiles(settings),
        };
    }

    private static Dictionary<string, string> ReadProfiles(SettingsReader settings)
    {
        var profiles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var function in Functions)
        {
            if (settings.Text("Cax__ServiceBus__Profiles__" + function) is { } profile)
            {
                profiles[function] = profile;
            }
        }

        return profiles;
    }
}

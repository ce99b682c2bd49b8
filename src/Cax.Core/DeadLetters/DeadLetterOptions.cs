using Cax.Core.Settings;

namespace Cax.Core.DeadLetters;

/// <summary>Where dead letters go.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>The blob container of the Function app. Default <c>dead-letter</c>.</summary>
    public string Container { get; init; } = "dead-letter";

    /// <summary>The directory of the command line, or the address of a blob container. Default <c>dead-letters</c> in the current directory.</summary>
    public string Directory { get; init; } = "dead-letters";

    public static DeadLetterOptions Read(SettingsReader settings) => new()
    {
        Container = settings.Text("Cax__DeadLetters__Container") ?? "dead-letter",
        Directory = settings.Text("Cax__DeadLetters__Directory") ?? "dead-letters",
    };
}

using Cax.Core.Settings;

namespace Cax.Core.DeadLetters;

/// <summary>Where dead letters go.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>The directory of the command line. Default <c>dead-letters</c> in the current one.</summary>
    public string Directory { get; init; } = "dead-letters";

    public static DeadLetterOptions Read(SettingsReader settings) => new()
    {
        Directory = settings.Text("Cax__DeadLetters__Directory") ?? "dead-letters",
    };
}

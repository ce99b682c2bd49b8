using System.Text.Json;

namespace Cax.Core.Mapping.Profiles.Cases;

/// <summary>A golden case: what a profile makes of one message.</summary>
public sealed class ProfileCase
{
    /// <summary>When the message came in, where the case does not say.</summary>
    public static readonly DateTimeOffset DefaultReceived = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal ProfileCase(string name)
    {
        Name = name;
    }

    /// <summary>What it shows, in a sentence.</summary>
    public string Name { get; }

    /// <summary>The message, as JSON.</summary>
    public ReadOnlyMemory<byte> Input { get; internal init; }

    /// <summary>The properties that came with the message.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The parameters of the profile.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; internal init; } = new Dictionary<string, string>();

    /// <summary>When the message came in.</summary>
    public DateTimeOffset Received { get; internal init; } = DefaultReceived;

    /// <summary>What is to come out; null while nobody said so.</summary>
    internal JsonElement? Expected { get; init; }

    /// <summary>Where the file holds what is to come out. In bytes.</summary>
    internal Range ExpectedAt { get; init; }

    /// <summary>Where the last value of the case ends. In bytes.</summary>
    internal int End { get; init; }
}

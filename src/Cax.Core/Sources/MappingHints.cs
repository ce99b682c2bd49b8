using Cax.Core.Mapping;

namespace Cax.Core.Sources;

/// <summary>What a source knows about how its records are to be mapped. It stays with a record that is parked, so that a replay maps it in the same way.</summary>
/// <param name="Profile">The profile that was chosen; null to recognise each record by its shape.</param>
/// <param name="Properties">What came with the message and profiles may read, as <see cref="MessageProperties"/> has it; empty for files.</param>
public sealed record MappingHints(ProfileChoice? Profile, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Nothing is known.</summary>
    public static readonly MappingHints None = new(null, MessageProperties.None);

    /// <summary>These hints over others: a profile takes the place of the other's, and so does a property of the same name.</summary>
    public MappingHints Over(MappingHints other) => new(
        Profile ?? other.Profile,
        Properties.Count == 0 ? other.Properties
        : MessageProperties.Of(Properties.Concat(other.Properties).Select(property => KeyValuePair.Create(property.Key, (object)property.Value))));
}

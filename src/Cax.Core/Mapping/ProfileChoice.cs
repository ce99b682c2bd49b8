using Cax.Core.Mapping.Profiles.Reading;

namespace Cax.Core.Mapping;

/// <summary>Which profile maps a record, and which rule decided so.</summary>
/// <param name="Name">The name of the profile, as its document gives it.</param>
/// <param name="By">The rule.</param>
public sealed record ProfileChoice(string Name, ProfileRule By)
{
    /// <summary>Whether this can be the name of a profile: other texts are not told.</summary>
    public static bool IsName(string text) => NameForm.Profile.Fits(text);
}

/// <summary>How the profile of a record was found, in the order in which they are asked.</summary>
public enum ProfileRule
{
    /// <summary>The message property <c>cax-profile</c>, or <c>--profile</c> on the command line.</summary>
    Property,

    /// <summary>The path of the export file: <c>{profile}/…</c>, or the table of the settings.</summary>
    Path,

    /// <summary>The setting of the queue.</summary>
    Queue,

    /// <summary>The shape of the record, which exactly one profile knows.</summary>
    Shape,

    /// <summary>The header of the file, which exactly one profile knows.</summary>
    Header,
}

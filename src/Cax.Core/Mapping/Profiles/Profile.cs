using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Profiles.Records;

namespace Cax.Core.Mapping.Profiles;

/// <summary>A profile, compiled: it serves all threads, and runs without looking at its document again.</summary>
internal sealed class Profile
{
    /// <summary>A parameter of every profile: two shops of one platform are two sources.</summary>
    public const string SourceParameter = "source";

    private ProfileChoice[]? _choices;

    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What its users should know: what the platform cannot give, what was chosen.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Names the source system in event ids.</summary>
    public required string Source { get; init; }

    public ProfileInput Input { get; init; } = new();

    public IReadOnlyList<ProfileParameter> Parameters { get; init; } = [];

    /// <summary>Where the record is in its message; the first place where there is one counts.</summary>
    public required RecordPlace[] Records { get; init; }

    /// <summary>Whether a record has its shape; null for a profile that has to be asked for by name.</summary>
    public Condition? Recognise { get; init; }

    public SkipRule[] Skips { get; init; } = [];

    public required EventPlan[] Events { get; init; }

    /// <summary>The rule that skips a record which gives no event; null to park it.</summary>
    public string? Otherwise { get; init; }

    public required ProfileDocument Document { get; init; }

    /// <summary>The choice of this profile by a rule. Made once, for every record carries it.</summary>
    public ProfileChoice ChosenBy(ProfileRule rule) =>
        (_choices ??= [.. Enum.GetValues<ProfileRule>().Select(by => new ProfileChoice(Name, by))])[(int)rule];
}

/// <summary>A value that differs from shop to shop: the settings give it, or its default.</summary>
internal sealed record ProfileParameter(string Name, string? Description, string? Default);

/// <summary>Records for which the condition holds are skipped by this name; or parked, when somebody has to do something about them.</summary>
internal sealed record SkipRule(string Name, Condition When, string? Note, bool Parks);

namespace Cax.Core.Mapping.Profiles;

/// <summary>A profile in short.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What it maps.</param>
/// <param name="IsBuiltIn">Whether it comes with the connector.</param>
/// <param name="IsRecognised">Whether its records are known by their shape, or its files by their header; else it has to be asked for.</param>
/// <param name="IsOfRows">Whether it maps the rows of files (CSV); else JSON.</param>
/// <param name="Events">The CAX events that it makes.</param>
/// <param name="Parameters">What the settings may change.</param>
/// <param name="Notes">What its users should know.</param>
/// <param name="Document">As it was written.</param>
public sealed record ProfileSummary(
    string Name,
    string Title,
    bool IsBuiltIn,
    bool IsRecognised,
    bool IsOfRows,
    IReadOnlyList<string> Events,
    IReadOnlyList<ParameterSummary> Parameters,
    IReadOnlyList<string> Notes,
    ProfileDocument Document)
{
    internal static ProfileSummary Of(Profile profile) => new(
        profile.Name,
        profile.Title,
        BuiltInProfiles.Documents.Contains(profile.Document),
        profile.Recognise is not null,
        profile.Input.Csv is not null,
        [.. profile.Events.Select(plan => plan.Name).Distinct()],
        [.. profile.Parameters.Select(parameter => new ParameterSummary(parameter.Name, parameter.Description, parameter.Default))],
        profile.Notes,
        profile.Document);
}

/// <summary>A value that differs from shop to shop.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Default">What counts where the settings say nothing.</param>
public sealed record ParameterSummary(string Name, string? Description, string? Default);

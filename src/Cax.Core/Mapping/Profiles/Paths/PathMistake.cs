namespace Cax.Core.Mapping.Profiles.Paths;

/// <summary>Why a text is no path.</summary>
/// <param name="At">The position of the first character that is wrong, from 0.</param>
/// <param name="Message">What was expected there.</param>
internal readonly record struct PathMistake(int At, string Message);

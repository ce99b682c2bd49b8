namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>What stands around an expression.</summary>
/// <param name="Depth">How many <c>each</c>.</param>
/// <param name="InGroup">Whether one of them makes groups.</param>
internal readonly record struct Scope(int Depth, bool InGroup)
{
    public Scope Inside() => this with { Depth = Depth + 1 };

    public Scope OfGroup() => this with { InGroup = true };
}

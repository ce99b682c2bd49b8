namespace Cax.Simulator;

/// <summary>How a rule was broken.</summary>
public enum FindingKind
{
    /// <summary>A required member is absent, null or empty.</summary>
    Missing,

    /// <summary>A member is there but not as it should be.</summary>
    Format,
}

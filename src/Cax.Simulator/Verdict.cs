namespace Cax.Simulator;

/// <summary>What became of one recorded event (CAX reference 7.2).</summary>
public enum Verdict
{
    /// <summary>The event keeps every rule of CAX reference 4 and 5.</summary>
    Valid,

    /// <summary>The event breaks a rule whose breach is accepted.</summary>
    InvalidAccepted,

    /// <summary>The event breaks a rule whose breach refuses the whole event.</summary>
    InvalidRejected,
}

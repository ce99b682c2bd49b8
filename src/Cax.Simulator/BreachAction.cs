namespace Cax.Simulator;

/// <summary>What happens to an event that breaks a rule (CAX reference 7.1, simplified).</summary>
public enum BreachAction
{
    /// <summary>The whole event is refused: <see cref="Verdict.InvalidRejected"/>.</summary>
    Reject,

    /// <summary>The event is kept: <see cref="Verdict.InvalidAccepted"/>.</summary>
    Accept,
}

namespace Cax.Core.Events;

/// <summary>What a finding means for its event.</summary>
public enum Severity
{
    /// <summary>The event is sent, and the finding counted.</summary>
    Warning,

    /// <summary>The event is parked.</summary>
    Error,
}

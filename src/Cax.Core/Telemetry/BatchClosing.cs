namespace Cax.Core.Telemetry;

/// <summary>Why a batch was closed and sent off.</summary>
internal enum BatchClosing
{
    /// <summary>The next event would have made it too large.</summary>
    Size,

    /// <summary>It held the most events it may.</summary>
    Count,

    /// <summary>No input was ready.</summary>
    Idle,

    /// <summary>Memory was needed for more input.</summary>
    Room,

    /// <summary>There was no more input.</summary>
    End,
}

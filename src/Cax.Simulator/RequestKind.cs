namespace Cax.Simulator;

/// <summary>Which form of the collect endpoint a request used.</summary>
public enum RequestKind
{
    /// <summary><c>POST /events</c>: one event.</summary>
    Event,

    /// <summary><c>POST /events/batch</c>: an envelope of events.</summary>
    Batch,

    /// <summary><c>GET /events</c>: pixel tracking (CAX reference 2.1).</summary>
    Pixel,

    /// <summary>Any other method on a collect path.</summary>
    Other,
}

namespace Cax.Simulator;

/// <summary>What happens when one event of a batch is over the limit; the vendor does not say (CAX reference 12.4).</summary>
public enum OversizedEvent
{
    /// <summary>The whole request is answered 400.</summary>
    RefuseRequest,

    /// <summary>The request is answered 200 and that event is lost.</summary>
    DropEvent,
}

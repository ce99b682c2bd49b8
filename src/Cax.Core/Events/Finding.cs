namespace Cax.Core.Events;

/// <summary>One thing that is wrong with an event or a record.</summary>
/// <param name="Code">A rule of the CAX reference, section 11.1 (<c>CAX030</c>), or a reason code of the connector.</param>
/// <param name="Severity">Whether the event can be sent all the same.</param>
/// <param name="Path">Where, as a JSON path: <c>$.items[0].product.price</c>.</param>
/// <param name="Message">What is wrong and what to do, in words a data person understands. Never holds a value of the event.</param>
public sealed record Finding(string Code, Severity Severity, string Path, string Message);

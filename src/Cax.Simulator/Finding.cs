namespace Cax.Simulator;

/// <summary>One broken rule of one event. Never holds a value of the event, which may be personal.</summary>
/// <param name="Rule">The twin's own short name of the rule, such as <c>currency_code</c>.</param>
/// <param name="Kind">Whether something is missing or malformed.</param>
/// <param name="Path">Where, such as <c>items[0].product.price</c>; empty for the event itself.</param>
/// <param name="Message">What was expected, for people.</param>
/// <param name="Found">The JSON type that was found: <c>string</c>, <c>number</c>, <c>nothing</c> and so on.</param>
public sealed record Finding(string Rule, FindingKind Kind, string Path, string Message, string Found);

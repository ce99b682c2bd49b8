namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>How a source writes decimals.</summary>
/// <param name="Mark">Stands before the decimals: <c>.</c> or <c>,</c>.</param>
/// <param name="Group">Characters that may stand between thousands; empty for none.</param>
/// <param name="Strip">Characters that may stand around the number, such as <c>€$</c>.</param>
internal sealed record DecimalNotation(char Mark, string Group, string Strip);

using System.Text.Json;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>How a sample writes an amount.</summary>
/// <param name="Mark">What stands before the decimals; null for a JSON number or its notation.</param>
/// <param name="Group">What may stand between thousands.</param>
internal sealed record AmountForm(string? Mark, string Group)
{
    private const int Thousands = 3;

    private static readonly AmountForm Plain = new(null, "");
    private static readonly AmountForm Comma = new(",", ". ");
    private static readonly AmountForm Point = new(".", ", ");

    /// <summary>Null when the value is no amount, or <c>1,234</c>: that can be read in two ways.</summary>
    public static AmountForm? Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return Plain;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim().TrimStart('-') : "";
        if (!text.Any(char.IsAsciiDigit) || !text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or ' '))
        {
            return null;
        }

        var (comma, point) = (text.LastIndexOf(','), text.LastIndexOf('.'));
        return comma < 0 && text.IndexOf('.') == point && !text.Contains(' ') ? Plain
            : comma > point ? (text.Length - comma - 1 == Thousands && point < 0 ? null : Comma)
            : Point;
    }
}

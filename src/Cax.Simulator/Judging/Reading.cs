using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary>Questions about JSON values that several rules ask.</summary>
internal static class Reading
{
    /// <returns>The member, which may be a JSON null; C#'s null when it is absent or the parent is no object.</returns>
    public static JsonElement? Member(this JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    // Whether the platform takes null for missing is not known (CAX reference 12.23); the twin does.
    public static bool IsMissing(this JsonElement? value) => value is null or { ValueKind: JsonValueKind.Null };

    public static bool IsObject(this JsonElement? value) => value is { ValueKind: JsonValueKind.Object };

    public static string? Text(this JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static bool IsText(this JsonElement? value) => value is { ValueKind: JsonValueKind.String };

    /// <summary>Reports a member that should be a text with something in it; absent ones count only when they are required.</summary>
    public static void ExpectText(this JsonElement? parent, string name, string path, bool required, FindingList findings)
    {
        var value = parent.Member(name);
        if (value.IsMissing())
        {
            if (required) findings.Missing("required", path + name, "is required", value);
        }
        else if (!value.IsText()) findings.Malformed("type", path + name, "must be a string", value);
        else if (string.IsNullOrWhiteSpace(value.Text())) findings.Missing("required", path + name, "must not be empty", value);
    }

    /// <summary>Reports an amount or a quantity that is not a finite number from zero up (CAX reference 4.8).</summary>
    public static void ExpectAmount(this JsonElement? parent, string name, string path, FindingList findings)
    {
        if (parent.Member(name) is not { ValueKind: not JsonValueKind.Null } value) return;
        var problem =
            value.ValueKind != JsonValueKind.Number ? "must be a number"
            : !value.TryGetDouble(out var amount) || !double.IsFinite(amount) ? "must be finite"
            : amount < 0 ? "must not be negative"
            : null;
        if (problem is not null) findings.Malformed("amount", path + name, problem, value);
    }
}

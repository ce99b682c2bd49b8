using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>An option that differs from shop to shop: <c>{"parameter": "decimalMark"}</c>, where the option itself could stand.</summary>
internal static class OptionParameter
{
    /// <summary>Whether the option is meant to be a parameter.</summary>
    public static bool Is(Spot spot) => spot.Kind == System.Text.Json.JsonValueKind.Object;

    /// <summary>The value of the parameter; null where neither the settings nor a default give one. False when there is a mistake, which is then told.</summary>
    public static bool TryRead(Spot spot, ReadingContext context, out string? value)
    {
        value = null;
        if (MemberTable.Read(spot, "an object with parameter", context.Problems)?.Expect("an option", ["parameter"]) is not { } members
            || !members.TryGet("parameter", out var at) || context.Values.Text(at) is not { } name)
        {
            return false;
        }

        if (context.Parameters.TryGetValue(name, out value))
        {
            return true;
        }

        context.Problems.Add(at, $"there is no parameter {Quoted.Text(name)} in \"parameters\"", NearestName.Of(name, context.Parameters.Keys));
        return false;
    }
}

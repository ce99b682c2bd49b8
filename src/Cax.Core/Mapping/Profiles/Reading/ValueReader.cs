using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the plain values of a document. Whatever is not as expected is a mistake, and null.</summary>
internal sealed class ValueReader(ProblemList problems)
{
    private static readonly string[] Times = ["HH:mm", "HH:mm:ss"];

    /// <summary>A text that is not blank.</summary>
    public string? Text(Spot spot)
    {
        if (spot.Text is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        problems.Add(spot, spot.Text is null ? $"is {spot.Form}; expected a text" : "is an empty text; expected one that says something");
        return null;
    }

    /// <summary>Any text, also an empty one.</summary>
    public string? AnyText(Spot spot)
    {
        if (spot.Text is null)
        {
            problems.Add(spot, $"is {spot.Form}; expected a text");
        }

        return spot.Text;
    }

    public string? OneOf(Spot spot, params string[] words)
    {
        if (spot.Text is { } text && words.Contains(text))
        {
            return text;
        }

        problems.Add(spot, $"must be one of {Quoted.List(words)}", spot.Text is { } given ? NearestName.Of(given, words) : null);
        return null;
    }

    public bool? Flag(Spot spot)
    {
        if (spot.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return spot.Kind == JsonValueKind.True;
        }

        problems.Add(spot, $"is {spot.Form}; expected true or false", spot.Text?.ToUpperInvariant() switch { "TRUE" => "true", "FALSE" => "false", _ => null });
        return null;
    }

    public int? Whole(Spot spot, int least, int most)
    {
        if (spot.Kind == JsonValueKind.Number && spot.Element.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add(spot, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return null;
    }

    public char? Letter(Spot spot)
    {
        if (spot.Text is { Length: 1 } text)
        {
            return text[0];
        }

        problems.Add(spot, "must be a text of one character");
        return null;
    }

    public TimeOnly? TimeOfDay(Spot spot)
    {
        if (spot.Text is { } text && TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        problems.Add(spot, "must be a time of day such as \"12:00\"");
        return null;
    }

    /// <summary>The exact decimal of a JSON number.</summary>
    public decimal? Decimal(Spot spot)
    {
        if (spot.Kind == JsonValueKind.Number && ExactDecimal.TryParse(Encoding.UTF8.GetBytes(spot.Element.GetRawText()), out var number))
        {
            return number;
        }

        problems.Add(spot, $"must be {ExactDecimal.Expected}");
        return null;
    }

    /// <summary>A text, number, true or false, as the text it is compared as.</summary>
    public string? Scalar(Spot spot)
    {
        switch (spot.Kind)
        {
            case JsonValueKind.String:
                return Text(spot);
            case JsonValueKind.Number:
                return spot.Element.GetRawText();
            case JsonValueKind.True or JsonValueKind.False:
                return spot.Kind == JsonValueKind.True ? "true" : "false";
            default:
                problems.Add(spot, $"is {spot.Form}; expected a text, a number, true or false");
                return null;
        }
    }

    public string[]? Texts(Spot spot) => List(spot, Text);

    public string[]? Scalars(Spot spot) => List(spot, Scalar);

    /// <summary>All elements of a list that is not empty; null when one of them is a mistake.</summary>
    public T[]? List<T>(Spot spot, Func<Spot, T?> read)
        where T : class
    {
        if (spot.Kind != JsonValueKind.Array)
        {
            problems.Add(spot, $"is {spot.Form}; expected a list");
            return null;
        }

        if (spot.Element.GetArrayLength() == 0)
        {
            problems.Add(spot, "is an empty list; expected at least one element");
            return null;
        }

        // Every element is read, so that all mistakes are told.
        T?[] all = [.. spot.Elements().Select(read)];
        return Array.Exists(all, element => element is null) ? null : all as T[];
    }

    /// <summary>A text as a path.</summary>
    public SourcePath? Path(Spot spot)
    {
        if (!SourcePath.TryParse(spot.Text!, out var path, out var mistake))
        {
            problems.Add(spot, FormattableString.Invariant($"is no path, from character {mistake.At + 1} on: {mistake.Message}"));
        }

        return path;
    }

    /// <summary>A name of the given form.</summary>
    public string? Name(Spot spot, NameForm form)
    {
        if (Text(spot) is not { } name || form.Fits(name))
        {
            return spot.Text is { } text && form.Fits(text) ? text : null;
        }

        problems.Add(spot, $"must be {form.Expected}", form.Mend(name));
        return null;
    }
}

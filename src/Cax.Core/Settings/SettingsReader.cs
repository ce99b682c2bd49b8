using System.Globalization;

namespace Cax.Core.Settings;

/// <summary>
/// Reads settings by name and collects every problem, so that all of them are reported at once at start-up.
/// Names are those of the README, with <c>__</c> between the levels; <c>:</c> is accepted in its place and case does not matter.
/// </summary>
/// <remarks>A problem names the setting and what it may be. It never repeats the value: the value may be a secret.</remarks>
public sealed class SettingsReader
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];

    public SettingsReader(IEnumerable<KeyValuePair<string, string?>> values)
    {
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrEmpty(value))
            {
                _values[name.Replace(":", "__", StringComparison.Ordinal)] = value;
            }
        }
    }

    /// <summary>What is wrong, one sentence a setting.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The names that were asked for, which are the names that exist.</summary>
    public IReadOnlyCollection<string> Known => _asked;

    public string? Text(string name)
    {
        _asked.Add(name);
        return _values.GetValueOrDefault(name);
    }

    public bool Flag(string name, bool fallback) => Text(name) switch
    {
        null => fallback,
        var text when bool.TryParse(text, out var value) => value,
        _ => Refuse(name, "must be true or false", fallback),
    };

    public int Number(string name, int fallback, int least, int most) => Text(name) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most => value,
        _ => Refuse(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"), fallback),
    };

    /// <summary>A time as <c>hh:mm:ss</c>, with fractions of a second and days if need be.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan least, TimeSpan most) => Text(name) switch
    {
        null => fallback,
        var text when TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most => value,
        _ => Refuse(name, string.Create(CultureInfo.InvariantCulture, $"must be a time as hh:mm:ss from {least:c} to {most:c}"), fallback),
    };

    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : Refuse(name, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}", fallback);
    }

    /// <summary>A list as <c>name__0</c>, <c>name__1</c>…; null when none of them is set.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        _asked.Add(name + "__0");
        var values = new List<string>();
        while (_values.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{name}__{values.Count}"), out var value))
        {
            values.Add(value);
        }

        return values.Count == 0 ? null : values;
    }

    /// <summary>The names of the next level under a prefix: <c>b</c> and <c>c</c> for <c>a__b__x</c> and <c>a__c</c>.</summary>
    public IReadOnlyList<string> Children(string prefix)
    {
        var start = prefix + "__";
        return [.. _values.Keys
            .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(name => name[start.Length..].Split("__")[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public void Problem(string name, string what) => _problems.Add($"{name} {what}.");

    /// <summary>Adds a problem for each setting under <paramref name="root"/> that nobody asked for, with the nearest name that exists.</summary>
    public void RefuseUnknown(string root)
    {
        foreach (var name in _values.Keys.Where(name => name.StartsWith(root + "__", StringComparison.OrdinalIgnoreCase)))
        {
            if (!_asked.Contains(name) && !IsListElement(name))
            {
                var near = NearestName.Closest(name, _asked.Where(n => n.StartsWith(root + "__", StringComparison.OrdinalIgnoreCase)));
                Problem(name, near is null ? "is not a setting" : $"is not a setting; the nearest one is {near}");
            }
        }
    }

    private bool IsListElement(string name)
    {
        var at = name.LastIndexOf("__", StringComparison.Ordinal);
        return at > 0 && name[(at + 2)..].All(char.IsAsciiDigit) && _asked.Contains(name[..at] + "__0");
    }

    private T Refuse<T>(string name, string rule, T fallback)
    {
        Problem(name, rule);
        return fallback;
    }
}

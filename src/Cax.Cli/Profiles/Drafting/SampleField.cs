using System.Text.Json;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>A member of a sample record.</summary>
/// <param name="Path">As a profile writes it.</param>
/// <param name="Steps">The names that lead to it, by their letters and digits alone.</param>
/// <param name="Value">What the sample has there.</param>
internal sealed record SampleField(string Path, IReadOnlyList<string> Steps, JsonElement Value)
{
    private const int Deepest = 4;

    // The process runs without the data that would take letters apart.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüý";
    private const string Folded = "aaaaaaceeeeiiiinooooouuuuy";

    /// <summary>Everything in an object, the outer members first. Lists are not entered.</summary>
    /// <param name="record">The object.</param>
    /// <param name="root">What stands before its members: <c>$</c> or <c>@</c>.</param>
    public static IReadOnlyList<SampleField> Of(JsonElement record, string root)
    {
        var all = new List<SampleField>();
        var level = new List<SampleField> { new(root, [], record) };
        for (var depth = 0; depth < Deepest && level.Count > 0; depth++)
        {
            level = [.. level.Where(field => field.Value.ValueKind == JsonValueKind.Object).SelectMany(Members)];
            all.AddRange(level);
        }

        return all;
    }

    public bool HasText => Value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(Value.GetString());

    public bool HasValue => HasText || Value.ValueKind == JsonValueKind.Number;

    /// <summary>Whether it goes by that name: the last of its steps, or the last two for a name with a point.</summary>
    public bool IsCalled(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is var point && point < 0 ? Steps[^1] == name : Steps.Count > 1 && Steps[^2] == name[..point] && Steps[^1] == name[(point + 1)..];

    /// <summary>A name by its letters and digits alone, those with accents as those without.</summary>
    public static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Select(Fold).Where(char.IsAsciiLetterOrDigit));

    private static char Fold(char letter) => Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Folded[at] : letter;

    /// <summary>One step of a path.</summary>
    public static string Step(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        ? "." + name
        : $"['{name.Replace("'", "''", StringComparison.Ordinal)}']";

    private static IEnumerable<SampleField> Members(SampleField owner) => owner.Value.EnumerateObject()
        .Select(member => new SampleField(owner.Path + Step(member.Name), [.. owner.Steps, Plain(member.Name)], member.Value));
}

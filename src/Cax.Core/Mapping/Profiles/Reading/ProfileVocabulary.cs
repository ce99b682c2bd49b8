namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>An operator and the members that may stand beside it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Options it cannot do without.</param>
/// <param name="Optional">Further options.</param>
internal sealed record OperatorForm(string Name, string[] Required, params string[] Optional)
{
    public bool Takes(string option) => Required.Contains(option) || Optional.Contains(option);
}

/// <summary>The words of the language.</summary>
internal static class ProfileVocabulary
{
    public static readonly OperatorForm[] Operators =
    [
        new("constant", []),
        new("first", []),
        new("list", []),
        new("join", [], "with"),
        new("split", ["at"]),
        new("lookup", ["in"], "default"),
        new("decimal", [], "mark", "group", "strip"),
        new("minor", [], "currency", "digits"),
        new("sum", []),
        new("difference", []),
        new("product", []),
        new("ratio", []),
        new("absolute", []),
        new("round", [], "currency", "digits"),
        new("timestamp", [], "format", "zone", "at"),
        new("date", [], "format"),
        new("id", []),
        new("boolean", [], "true", "false"),
        new("phone", [], "country"),
        new("country", []),
        new("email", []),
        new("lower", []),
        new("upper", []),
        new("trim", []),
        new("html", []),
        new("hash", ["with"]),
        new("extract", ["pattern"], "group"),
        new("except", ["values"]),
        new("when", ["then"], "else"),
        new("each", [], "where", "group", "set", "value"),
        new("count", []),
        new("property", []),
        new("parameter", []),
        new("received", []),
    ];

    /// <summary>What a condition may begin with; <c>value</c> goes with one of <see cref="Comparisons"/>.</summary>
    public static readonly string[] Conditions = ["present", "absent", "value", "all", "any", "not"];

    public static readonly string[] Comparisons = ["equals", "in", "matches", "same", "greater", "less"];

    public static readonly string[] HashKinds = ["sha256", "md5"];

    public static readonly string[] CsvEncodings = ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"];

    public static OperatorForm? Operator(string name) => Array.Find(Operators, form => form.Name == name);
}

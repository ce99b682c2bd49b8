namespace Cax.Core.Documents;

/// <summary>What may be the name of a document.</summary>
public static class DocumentName
{
    /// <summary>A name, if it may be one: folders and a last part with <c>/</c> between them, none of them empty, <c>.</c> or <c>..</c>.</summary>
    /// <remarks>Names come out of documents and of names of files, and both may be forged: none leads out of its store.</remarks>
    /// <exception cref="IOException">It may not.</exception>
    public static string Checked(string name) =>
        name.Split('/').Any(part => part is "" or "." or "..") ? throw Unusable() : CheckedCharacters(name);

    /// <summary>What names begin with, if they may begin so.</summary>
    /// <exception cref="IOException">They may not.</exception>
    public static string CheckedPrefix(string prefix) =>
        prefix.StartsWith('/') || prefix.Split('/')[..^1].Any(part => part is "" or "." or "..") ? throw Unusable() : CheckedCharacters(prefix);

    private static string CheckedCharacters(string name) => name.Any(c => c == '\\' || char.IsControl(c)) ? throw Unusable() : name;

    private static IOException Unusable() => new("The name of a document leads out of its store, or holds a backslash or a control character.");
}

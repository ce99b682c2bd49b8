namespace Cax.Core.Mapping.Drafts;

/// <summary>JSON paths for findings.</summary>
internal static class JsonPaths
{
    private const int LongestName = 64;

    /// <summary>The path of a member whose name the sender chose: odd names are quoted, long ones cut.</summary>
    public static string Member(string parent, string name)
    {
        if (name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return $"{parent}.{name}";
        }

        var visible = string.Concat(name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\'').Take(LongestName));
        return $"{parent}['{visible}']";
    }
}

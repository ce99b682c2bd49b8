namespace Cax.Cli;

/// <summary>Tells the address of a blob container from the path of a directory.</summary>
internal static class ContainerText
{
    // Also a mistyped one: a directory of that name would hold the secret of a SAS in its name.
    public static bool IsAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal)
        || text.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || text.Contains("sig=", StringComparison.OrdinalIgnoreCase);
}

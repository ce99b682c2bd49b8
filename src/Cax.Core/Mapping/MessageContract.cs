using System.Reflection;

namespace Cax.Core.Mapping;

/// <summary>The public contract of the connector's own message: a JSON Schema (draft-07) and complete examples.</summary>
public static class MessageContract
{
    private const string SchemaName = "cax-message.v1.schema.json";
    private const string Folder = "examples/";

    /// <summary>The schema as JSON.</summary>
    public static string Schema => Read(SchemaName);

    /// <summary>The examples as JSON, by name: <c>order-placed</c>, <c>order-refunded.partial</c>…</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..^".json".Length], Read, StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

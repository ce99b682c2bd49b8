using System.Reflection;

namespace Cax.Core.Mapping.Profiles;

/// <summary>The public contract of the profile language: a JSON Schema (draft-07) with which editors complete and check profiles.</summary>
public static class ProfileContract
{
    private const string SchemaName = "cax-profile.v1.schema.json";

    /// <summary>The schema as JSON.</summary>
    public static string Schema
    {
        get
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(SchemaName)!);
            return reader.ReadToEnd();
        }
    }
}

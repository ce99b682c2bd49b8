using Cax.Core.Mapping.Profiles;

namespace CaxFunctions.Profiles;

/// <summary>The profiles at this moment: the built-in ones, until those of the owner are read. Safe to use from several threads.</summary>
/// <param name="options">Has the parameters.</param>
public sealed class CurrentProfiles(ProfileOptions options)
{
    private volatile ProfileCatalog _catalog = new(options.Parameters, []);

    public ProfileCatalog Catalog
    {
        get => _catalog;
        internal set => _catalog = value;
    }
}

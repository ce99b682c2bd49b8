namespace Cax.Core.Exports;

/// <summary>Where repair files lie in the store of dead letters: under the same access and retention, for both hold source data.</summary>
public static class ExportRepairs
{
    public const string Folder = "repairs/";
}

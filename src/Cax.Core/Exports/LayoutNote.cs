using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>What a report tells of the layout of a file, as its state keeps it: the report may be written again when the file is no longer there.</summary>
public sealed record LayoutNote(FileFormat Format, bool IsGzip, string Encoding, char Separator, ProfileChoice? Profile, string? RepairOf)
{
    internal static LayoutNote Of(FileLayout layout) =>
        new(layout.Format, layout.IsGzip, layout.Encoding.WebName, layout.Separator, layout.Profile, layout.RepairOf);

    internal FileLayout ToLayout() => new()
    {
        Format = Format,
        IsGzip = IsGzip,
        Encoding = CodePagesEncodingProvider.Instance.GetEncoding(Encoding) ?? System.Text.Encoding.GetEncoding(Encoding),
        Separator = Separator,
        Profile = Profile,
        RepairOf = RepairOf,
    };
}

using Cax.Core.Sources.Files;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>The first rows of a file.</summary>
/// <param name="Layout">How it is written.</param>
/// <param name="Encoding">The encoding that had to be assumed; null for UTF-8 and for what a byte order mark says.</param>
/// <param name="SkipLines">Lines of notes above the header.</param>
/// <param name="Columns">The columns in their order, each with its values.</param>
internal sealed record RowSample(FileLayout Layout, string? Encoding, int SkipLines, IReadOnlyList<SampleColumn> Columns)
{
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Values.Count;
}

/// <summary>A column of a file.</summary>
/// <param name="Name">As the reader calls it.</param>
/// <param name="Plain">Its letters and digits alone.</param>
/// <param name="Values">What the rows have in it, trimmed; empty for nothing.</param>
internal sealed record SampleColumn(string Name, string Plain, IReadOnlyList<string> Values)
{
    public IEnumerable<string> Given => Values.Where(value => value.Length > 0);

    /// <summary>Columns that no row fills are there for nothing.</summary>
    public bool HasValues => Given.Any();
}

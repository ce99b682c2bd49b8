namespace Cax.Core.Mapping.Profiles;

/// <summary>What kind of input a profile maps.</summary>
internal sealed record ProfileInput
{
    /// <summary>How rows are read; null for JSON.</summary>
    public CsvInput? Csv { get; init; }
}

/// <summary>How the rows of a file are read. A row is a record of column name to text.</summary>
internal sealed record CsvInput
{
    /// <summary>What stands between the fields of a row; null to find out by the first lines.</summary>
    public char? Delimiter { get; init; }

    public char Quote { get; init; } = '"';

    /// <summary>That of files without a byte order mark; null for UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>Lines before the header.</summary>
    public int SkipLines { get; init; }

    public bool Header { get; init; } = true;

    /// <summary>The names of columns that have no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows that agree in these columns and follow each other are one record, under <c>rows</c>; empty when each stands for itself.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];
}

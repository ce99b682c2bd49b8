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
    public char Delimiter { get; init; } = ',';

    public char Quote { get; init; } = '"';

    public string Encoding { get; init; } = "utf-8";

    /// <summary>Lines before the header.</summary>
    public int SkipLines { get; init; }

    public bool Header { get; init; } = true;

    /// <summary>The names of columns that have no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows that agree in these columns and follow each other are one record, under <c>rows</c>; empty when each stands for itself.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];
}

using CsvHelper;

namespace Cax.Core.Sources.Csv;

/// <summary>The characters with a meaning of their own in a file of rows.</summary>
/// <param name="separator">Between fields.</param>
/// <param name="quote">Around texts.</param>
internal sealed class CsvDialect(char separator, char quote)
{
    private readonly CsvReaderOptions _rows = new() { Separator = separator, Quote = quote, HasHeader = false };

    private readonly CsvReaderOptions _lines = new() { Separator = separator, Quote = quote, HasHeader = false, AllowLineBreaksInQuotes = false };

    public char Separator => separator;

    public char Quote => quote;

    /// <summary>Finds out what separates the fields of a line: the one of comma, semicolon, tab and bar that it has most of, outside of quotes.</summary>
    /// <param name="line">The first line of a file, after its notes.</param>
    /// <param name="quote">What texts are quoted with.</param>
    public static CsvDialect Of(ReadOnlyMemory<byte> line, char quote)
    {
        using var reader = CsvReader.Create(line, new CsvReaderOptions { Quote = quote, HasHeader = false });
        _ = reader.Read();
        return new CsvDialect(reader.Separator, quote);
    }

    /// <summary>Reads the rows that begin after the first byte, which is passed over as an empty line: it must be a line break.</summary>
    public CsvReader Rows(ReadOnlyMemory<byte> text) => CsvReader.Create(text, _rows);

    /// <summary>As the other, but each line is a row of its own, whatever its quotes say.</summary>
    public CsvReader Lines(ReadOnlyMemory<byte> text) => CsvReader.Create(text, _lines);
}

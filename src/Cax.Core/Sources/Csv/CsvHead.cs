using System.Text;
using System.Text.Unicode;
using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Sources.Csv;

/// <summary>What stands before the first row of data: notes and the header.</summary>
internal sealed record CsvHead
{
    private const string Separators = "sep=";

    public required CsvDialect Dialect { get; init; }

    /// <summary>Notes and header, with their line breaks.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Where the header begins in <see cref="Text"/>.</summary>
    public int HeaderStart { get; init; }

    /// <summary>Where the added column of a repair begins in <see cref="Text"/>, with its separator; the end of the header where there is none.</summary>
    public int ColumnsEnd { get; init; }

    /// <summary>The line where the header begins, from 1.</summary>
    public long HeaderLine { get; init; } = 1;

    /// <summary>How many line breaks there are in <see cref="Text"/>.</summary>
    public long Lines { get; init; }

    /// <summary>What ends the line of the header.</summary>
    public string LineBreak { get; init; } = "\n";

    /// <summary>Of <see cref="Text"/> what a repair of the file has too: without the column that was added, if this is a repair.</summary>
    public ReadOnlyMemory<byte> OwnText => RepairOf is null ? Text : (byte[])[.. Text.Span[..ColumnsEnd], .. Encoding.ASCII.GetBytes(LineBreak)];

    public IReadOnlyList<string> Columns { get; init; } = [];

    public string? RepairOf { get; init; }

    /// <summary>Why it cannot be used: a reason code and what is wrong; null when it can.</summary>
    public (string Reason, string Detail)? Problem { get; init; }

    private static (string Reason, string Detail) TooManyColumns =>
        (ReasonCodes.UnknownHeader, FormattableString.Invariant($"the header has more than {ColumnNames.Most} columns, which are the most that are read"));

    /// <summary>Reads the beginning of a file.</summary>
    /// <param name="text">As UTF-8, without byte order mark.</param>
    /// <param name="isEnd">Whether nothing comes after it.</param>
    /// <param name="input">How the file is read.</param>
    /// <returns>Null when more text is needed.</returns>
    public static CsvHead? TryRead(ReadOnlyMemory<byte> text, bool isEnd, CsvInput input)
    {
        using var window = TextWindow.On(text.Span, isEnd);
        for (var i = 0; i < input.SkipLines; i++)
        {
            if (!TryPassLine(window))
            {
                return isEnd ? Without(text, input, (ReasonCodes.UnknownHeader, FormattableString.Invariant($"the file ends before its header: its profile says skipLines {input.SkipLines}"))) : null;
            }
        }

        if (DialectOf(text, window, isEnd, input) is not { } dialect)
        {
            return isEnd ? Without(text, input, (ReasonCodes.EmptyInput, "the input holds nothing; if that is not meant, look at what writes it")) : null;
        }

        if (!input.Header)
        {
            return new CsvHead
            {
                Dialect = dialect,
                Text = text[..(int)window.Offset],
                HeaderStart = (int)window.Offset,
                ColumnsEnd = (int)window.Offset,
                HeaderLine = window.Line,
                Lines = window.Line - 1,
                LineBreak = FirstBreak(window.Unread),
                Columns = ColumnNames.Of(input.Columns).Names,
            };
        }

        using var rows = new RowCutter(window, dialect);
        RowStep step;
        do
        {
            step = rows.Next();
        }
        while (step == RowStep.Row && IsBlank(rows));

        return step switch
        {
            RowStep.Row => Of(text, rows, dialect),
            RowStep.Piece => Without(text, input, TooManyColumns),
            RowStep.End => Without(text, input, (ReasonCodes.EmptyInput, "the input holds nothing; if that is not meant, look at what writes it")),
            _ => null,
        };
    }

    /// <summary>Whether all fields of a row are empty or blank.</summary>
    public static bool IsBlank(RowCutter row)
    {
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (row.Field(i).ContainsAnyExcept((byte)' ', (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }

    private static CsvHead Of(ReadOnlyMemory<byte> text, RowCutter row, CsvDialect dialect)
    {
        var start = (int)row.Offset;
        var end = start + row.Raw.Length;
        var lineBreak = row.BreakLength > 0 ? Encoding.ASCII.GetString(row.Raw[^row.BreakLength..]) : "\n";
        var head = new CsvHead
        {
            Dialect = dialect,
            Text = text[..end],
            HeaderStart = start,
            ColumnsEnd = end - row.BreakLength,
            HeaderLine = row.Line,
            Lines = row.Line - 1 + LineBreaks.Count(row.Raw),
            LineBreak = lineBreak,
        };
        if (row.Problem is { } problem)
        {
            return head with { Problem = (ReasonCodes.UnknownHeader, $"the header cannot be read: {problem}") };
        }

        if (!Utf8.IsValid(row.Raw))
        {
            return head with { Problem = (ReasonCodes.InvalidText, InvalidText.Detail(row.Raw)) };
        }

        if (row.FieldCount > ColumnNames.Most)
        {
            return head with { Problem = TooManyColumns };
        }

        var fields = new string[row.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Encoding.UTF8.GetString(row.Field(i));
        }

        var columns = ColumnNames.Of(fields);
        return head with
        {
            Columns = columns.Names,
            RepairOf = columns.RepairOf,
            ColumnsEnd = columns.RepairOf is null ? head.ColumnsEnd : start + row.LengthOf(columns.Names.Count) - 1,
        };
    }

    private static CsvHead Without(ReadOnlyMemory<byte> text, CsvInput input, (string Reason, string Detail) problem) =>
        new() { Dialect = new CsvDialect(input.Delimiter ?? ',', input.Quote), Text = text[..0], Problem = problem };

    /// <summary>What separates fields: as the profile says, as a line <c>sep=;</c> says, or as the first line lets see. Null when there is no such line.</summary>
    private static CsvDialect? DialectOf(ReadOnlyMemory<byte> text, TextWindow window, bool isEnd, CsvInput input)
    {
        while (LineBreaks.TryFind(window.Unread, isEnd, out var at, out _) && at == 0)
        {
            _ = TryPassLine(window);
        }

        var hasLine = LineBreaks.TryFind(window.Unread, isEnd, out var length, out _);
        if (!hasLine && !(isEnd && window.Length > 0))
        {
            return null;
        }

        var line = text.Slice((int)window.Offset, hasLine ? length : window.Length);
        if (line.Length == Separators.Length + 1 && Ascii.EqualsIgnoreCase(line.Span[..Separators.Length], Separators)
            && line.Span[^1] is (byte)'\t' or (>= (byte)' ' and <= (byte)'~') && line.Span[^1] != input.Quote)
        {
            _ = TryPassLine(window);
            return new CsvDialect((char)line.Span[^1], input.Quote);
        }

        return input.Delimiter is { } delimiter ? new CsvDialect(delimiter, input.Quote) : CsvDialect.Of(line, input.Quote);
    }

    private static bool TryPassLine(TextWindow window)
    {
        var found = LineBreaks.TryFind(window.Unread, window.IsEnd, out _, out var end);
        if (found)
        {
            window.Pass(end, 1);
        }

        return found;
    }

    private static string FirstBreak(ReadOnlySpan<byte> text) =>
        LineBreaks.TryFind(text, isEnd: true, out var at, out var end) ? Encoding.ASCII.GetString(text[at..end]) : "\n";
}

using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads <c>input</c>: what the records are written in.</summary>
internal sealed class InputReader(ReadingContext context)
{
    private static readonly ProfileInput Json = new();

    /// <summary>JSON when nothing is said; null when there is a mistake.</summary>
    public ProfileInput? Read(Spot? input)
    {
        if (input is not { } spot)
        {
            return Json;
        }

        if (MemberTable.Read(spot, "an object with format", context.Problems)?.Expect("input", ["format"], "csv") is not { } members
            || !members.TryGet("format", out var at) || context.Values.OneOf(at, "json", "csv") is not { } format)
        {
            return null;
        }

        var hasCsv = members.TryGet("csv", out at);
        if (hasCsv && format == "json")
        {
            context.Problems.Add(at, "belongs to the format csv only");
            return null;
        }

        return format == "json" ? Json : Csv(hasCsv ? at : null) is { } csv ? new ProfileInput { Csv = csv } : null;
    }

    private CsvInput? Csv(Spot? options)
    {
        if (options is not { } spot)
        {
            return new CsvInput();
        }

        if (MemberTable.Read(spot, "an object of options", context.Problems) is not { } members)
        {
            return null;
        }

        members.Expect("csv", [], "delimiter", "quote", "encoding", "skipLines", "header", "columns", "groupBy");
        char? delimiter = null;
        var isDelimiter = !members.TryGet("delimiter", out var at) || TryDelimiter(at, out delimiter);
        var quote = members.TryGet("quote", out at) ? Mark(at, context.Values.Letter(at)) : '"';
        string? encoding = null;
        var isEncoding = !members.TryGet("encoding", out at) || TryEncoding(at, out encoding);
        var skipLines = members.TryGet("skipLines", out at) ? context.Values.Whole(at, 0, 1_000) : 0;
        var header = !members.TryGet("header", out at) || context.Values.Flag(at) is not false;
        var columns = members.TryGet("columns", out at) ? context.Values.Texts(at) : [];
        var groupBy = members.TryGet("groupBy", out at) ? context.Values.Texts(at) : [];
        if (!header && !members.Has("columns"))
        {
            context.Problems.Add(spot, "needs \"columns\", for without a header nothing else names them");
            return null;
        }

        if (delimiter is not null && delimiter == quote)
        {
            context.Problems.Add(spot, "has the same character between columns and around texts");
            return null;
        }

        return !isDelimiter || quote is null || !isEncoding || skipLines is null || columns is null || groupBy is null
            ? null
            : new CsvInput
            {
                Delimiter = delimiter,
                Quote = quote.Value,
                Encoding = encoding,
                SkipLines = skipLines.Value,
                Header = header,
                Columns = columns,
                GroupBy = groupBy,
            };
    }

    private bool TryDelimiter(Spot spot, out char? delimiter)
    {
        delimiter = null;
        if (!OptionParameter.Is(spot))
        {
            delimiter = Mark(spot, context.Values.Letter(spot));
            return delimiter is not null;
        }

        if (!OptionParameter.TryRead(spot, context, out var text))
        {
            return false;
        }

        if (text is not null)
        {
            delimiter = text == "tab" ? '\t' : Mark(spot, text.Length == 1 ? text[0] : '\0');
        }

        return text is null || delimiter is not null;
    }

    private bool TryEncoding(Spot spot, out string? encoding)
    {
        if (!OptionParameter.Is(spot))
        {
            encoding = context.Values.OneOf(spot, ProfileVocabulary.CsvEncodings);
            return encoding is not null;
        }

        if (!OptionParameter.TryRead(spot, context, out encoding) || encoding is null || ProfileVocabulary.CsvEncodings.Contains(encoding))
        {
            return true;
        }

        context.Problems.Add(
            spot, $"the parameter is no encoding; set it to one of {Quoted.List(ProfileVocabulary.CsvEncodings)}", NearestName.Of(encoding, ProfileVocabulary.CsvEncodings));
        return false;
    }

    /// <summary>A character that can separate or quote; anything else is a mistake, and null.</summary>
    private char? Mark(Spot spot, char? letter)
    {
        if (letter is null or '\t' or (>= ' ' and <= '~'))
        {
            return letter;
        }

        context.Problems.Add(spot, "must be one ASCII character; a parameter may say tab");
        return null;
    }
}

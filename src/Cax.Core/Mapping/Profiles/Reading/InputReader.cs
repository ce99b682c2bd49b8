
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
        var delimiter = members.TryGet("delimiter", out var at) ? context.Values.Letter(at) : ',';
        var quote = members.TryGet("quote", out at) ? context.Values.Letter(at) : '"';
        var encoding = members.TryGet("encoding", out at) ? context.Values.OneOf(at, ProfileVocabulary.CsvEncodings) : ProfileVocabulary.CsvEncodings[0];
        var skipLines = members.TryGet("skipLines", out at) ? context.Values.Whole(at, 0, 1_000) : 0;
        var header = !members.TryGet("header", out at) || context.Values.Flag(at) is not false;
        var columns = members.TryGet("columns", out at) ? context.Values.Texts(at) : [];
        var groupBy = members.TryGet("groupBy", out at) ? context.Values.Texts(at) : [];
        if (!header && !members.Has("columns"))
        {
            context.Problems.Add(spot, "needs \"columns\", for without a header nothing else names them");
            return null;
        }

        return delimiter is null || quote is null || encoding is null || skipLines is null || columns is null || groupBy is null
            ? null
            : new CsvInput
            {
                Delimiter = delimiter.Value,
                Quote = quote.Value,
                Encoding = encoding,
                SkipLines = skipLines.Value,
                Header = header,
                Columns = columns,
                GroupBy = groupBy,
            };
    }
}

using System.Text.Json.Serialization;

namespace Cax.Core.Reports.Files;

/// <summary>To which list of a report a kind belongs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KindList>))]
internal enum KindList
{
    /// <summary>Why records were parked.</summary>
    Rejected,

    /// <summary>By which rules records and events were skipped.</summary>
    Skipped,

    /// <summary>Why records were left in the file for another run.</summary>
    Returned,

    /// <summary>What was noticed about events that were sent all the same.</summary>
    Warned,
}

/// <summary>What makes two errors one kind.</summary>
/// <param name="List">Where it is told.</param>
/// <param name="Code">A reason code, or the rule that skips.</param>
/// <param name="Detail">The text of a <see cref="DetailPattern"/>.</param>
/// <param name="Rule">The rule of CAX that is broken; null where the code says all.</param>
/// <param name="Property">Where, as a JSON path without the numbers of elements; null where it is not about one property.</param>
/// <param name="Status">The HTTP status that decided, if one did.</param>
internal sealed record KindKey(KindList List, string Code, string Detail, string? Rule = null, string? Property = null, int? Status = null) : IComparable<KindKey>
{
    /// <summary>All kinds beyond those that a report lists.</summary>
    public const string Other = "other";

    public static KindKey Rest(KindList list) => new(list, Other, "Further kinds, which this report does not list one by one.");

    public int CompareTo(KindKey? other) =>
        other is null ? 1
        : List.CompareTo(other.List) is not 0 and var list ? list
        : string.CompareOrdinal(Code, other.Code) is not 0 and var code ? code
        : string.CompareOrdinal(Rule, other.Rule) is not 0 and var rule ? rule
        : string.CompareOrdinal(Property, other.Property) is not 0 and var property ? property
        : Nullable.Compare(Status, other.Status) is not 0 and var status ? status
        : string.CompareOrdinal(Detail, other.Detail);
}

/// <summary>One kind of error: how often, and where.</summary>
internal sealed class ErrorKind
{
    /// <summary>The most kinds of one list.</summary>
    public const int MostKinds = 200;

    private const int MostLines = 10_000;
    private const int MostLinesOfNoError = 1_000;
    private const int MostIds = 20;
    private const int MostExamples = 3;

    public required KindKey Key { get; init; }

    /// <summary>Where the first of its records begins in the file: it orders the kinds.</summary>
    public required long First { get; init; }

    /// <summary>The records that have it.</summary>
    public long Count { get; set; }

    /// <summary>Of <see cref="DetailPattern"/>.</summary>
    public required string?[] Numbers { get; init; }

    /// <summary>One for each record, in the order of the file; the first ten thousand of an error, the first thousand of what is none.</summary>
    public List<long> Lines { get; init; } = [];

    /// <summary>The hashed ids of the first orders and leads that have it, each once.</summary>
    public List<string> Ids { get; init; } = [];

    /// <summary>The first of them in words.</summary>
    public List<string> Examples { get; init; } = [];

    [JsonIgnore]
    public string Detail => DetailPattern.Fill(Key.Detail, Numbers);

    /// <summary>All records of a block that have it.</summary>
    public static ErrorKind Of(KindKey key, IReadOnlyList<ErrorPlace> places)
    {
        var ordered = places.Order().ToList();
        var numbers = ordered[0].Numbers.ToArray();
        foreach (var place in ordered)
        {
            DetailPattern.Unite(numbers, place.Numbers);
        }

        return new ErrorKind
        {
            Key = key,
            First = ordered[0].Offset,
            Count = ordered.Count,
            Numbers = numbers,
            Lines = [.. ordered.Take(MostLinesOf(key)).Select(place => place.Line)],
            Ids = [.. ordered.Select(place => place.Id).OfType<string>().Distinct().Take(MostIds)],
            Examples = [.. ordered.Take(MostExamples).Select(place => place.Example)],
        };
    }

    /// <summary>These, told as one of the kinds that are only counted.</summary>
    public ErrorKind AsRest() => new() { Key = KindKey.Rest(Key.List), First = First, Count = Count, Numbers = [] };

    /// <summary>This kind before any of it was counted.</summary>
    public ErrorKind AsNone() => new() { Key = Key, First = First, Numbers = [.. Numbers] };

    /// <summary>Takes in those that follow in the file.</summary>
    public void Add(ErrorKind more)
    {
        Count += more.Count;
        DetailPattern.Unite(Numbers, more.Numbers);
        Lines.AddRange(more.Lines.Take(MostLinesOf(Key) - Lines.Count));
        foreach (var id in more.Ids.TakeWhile(_ => Ids.Count < MostIds).Where(id => !Ids.Contains(id)))
        {
            Ids.Add(id);
        }

        Examples.AddRange(more.Examples.Take(MostExamples - Examples.Count));
    }

    private static int MostLinesOf(KindKey key) => key.List == KindList.Rejected ? MostLines : MostLinesOfNoError;
}

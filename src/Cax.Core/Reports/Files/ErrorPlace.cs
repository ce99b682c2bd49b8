using System.Text.RegularExpressions;
using Cax.Core.Events;
using Cax.Core.Sources;

namespace Cax.Core.Reports.Files;

/// <summary>One record that has an error of some kind.</summary>
/// <param name="Offset">Where the record begins in the file: it orders the records.</param>
/// <param name="Line">The line to look at.</param>
/// <param name="Id">The hash of the order or lead; null where none is known.</param>
/// <param name="Path">The JSON path with the numbers of elements; null where it is not about one property.</param>
/// <param name="Detail">In words, without any value of the record.</param>
/// <param name="Numbers">Those of the detail.</param>
internal sealed partial record ErrorPlace(long Offset, long Line, string? Id, string? Path, string Detail, string?[] Numbers) : IComparable<ErrorPlace>
{
    /// <summary>A record that breaks more rules than these is told to break these.</summary>
    private const int MostKinds = 50;

    /// <summary>In characters.</summary>
    private const int LongestDetail = 600;

    /// <summary>Of a path or code. In characters.</summary>
    private const int LongestName = 200;

    /// <summary>As a person reads it.</summary>
    public string Example => FormattableString.Invariant($"line {Line}: {(Path is null ? "" : Path + ": ")}{Detail}");

    /// <summary>What happened to a record, each kind once, because errors are counted in records.</summary>
    /// <param name="finished">The record.</param>
    /// <param name="idOf">The hashed id of an event, if it has one.</param>
    public static IEnumerable<KeyValuePair<KindKey, ErrorPlace>> Of(FinishedRecord finished, Func<FinishedEvent, string?> idOf)
    {
        var found = new SortedDictionary<KindKey, ErrorPlace>();
        var isTold = false;
        foreach (var one in finished.Events)
        {
            var (_, outcome, findings) = one;
            isTold |= outcome.Kind == finished.Outcome.Kind;
            if (outcome.Kind == OutcomeKind.Returned || finished.Outcome.Kind != OutcomeKind.Returned)
            {
                Note(finished.Record, outcome, findings, idOf(one), found);
            }
        }

        if (!isTold)
        {
            Note(finished.Record, finished.Outcome, finished.Findings, null, found);
        }

        return found.Take(MostKinds);
    }

    public int CompareTo(ErrorPlace? other) =>
        other is null ? 1
        : Offset.CompareTo(other.Offset) is not 0 and var offset ? offset
        : Line.CompareTo(other.Line) is not 0 and var line ? line
        : string.CompareOrdinal(Path, other.Path) is not 0 and var path ? path
        : string.CompareOrdinal(Detail, other.Detail) is not 0 and var detail ? detail
        : string.CompareOrdinal(Id, other.Id);

    private static void Note(
        Record record, Outcome outcome, IReadOnlyList<Finding> findings, string? id, SortedDictionary<KindKey, ErrorPlace> found)
    {
        if (outcome.Kind == OutcomeKind.Sent)
        {
            foreach (var finding in findings.Where(finding => finding.Severity == Severity.Warning))
            {
                Add(KindList.Warned, finding.Code, finding);
            }

            return;
        }

        var reason = outcome.Reason ?? KindKey.Other;
        var decisive = outcome.Kind == OutcomeKind.DeadLettered ? Decisive(reason, findings) : [];
        foreach (var finding in decisive)
        {
            Add(KindList.Rejected, reason, finding);
        }

        if (decisive.Count > 0)
        {
            return;
        }

        var fault = record.Fault is { } itsFault && itsFault.Reason == reason ? itsFault : null;
        var list = outcome.Kind switch
        {
            OutcomeKind.DeadLettered => KindList.Rejected,
            OutcomeKind.Skipped => KindList.Skipped,
            _ => KindList.Returned,
        };
        Put(list, reason, null, null, fault?.Detail ?? outcome.Detail ?? ReasonWords.Of(reason).Meaning, fault?.At.Line ?? record.Position.Line);

        void Add(KindList list, string code, Finding finding) => Put(
            list, code, finding.Code == code ? null : finding.Code, finding.Path is "" or "$" ? null : finding.Path, finding.Message,
            record.Rows?.LineOf(finding.Path) ?? record.Position.Line);

        void Put(KindList list, string code, string? rule, string? path, string detail, long line)
        {
            var plain = PlainText.Of(detail, LongestDetail);
            var pattern = DetailPattern.Of(plain);
            path = path is null ? null : PlainText.Of(path, LongestName);
            var kind = new KindKey(
                list, PlainText.Of(code, LongestName), pattern.Text, rule, path is null ? null : Element().Replace(path, "[*]"), outcome.Status);
            var place = new ErrorPlace(record.Position.Offset, line, id, path, plain, pattern.Numbers);
            if (!found.TryGetValue(kind, out var known) || place.CompareTo(known) < 0)
            {
                found[kind] = place;
            }
        }
    }

    /// <summary>The findings for which it was parked; empty where the outcome says it all. In strict mode warnings are reason enough.</summary>
    private static List<Finding> Decisive(string reason, IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        return errors.Count == 0 && reason is (ReasonCodes.InvalidEvent or ReasonCodes.EventTooLarge) ? [.. findings] : errors;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Element();
}

using Cax.Core;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;

namespace Cax.Cli.Validation;

/// <summary>Says of one record what sending would find, without sending: reads, maps and validates as the pipeline does.</summary>
internal sealed class RecordJudge(CaxOptions options, IRecordMapper mapper, MappingHints hints, TimeProvider time)
{
    private readonly EventValidator _validator = new(
        options.Events, options.Mapping.General.Consent.Element == ConsentElement.Number, time);
    private readonly List<Finding> _findings = [];

    /// <summary>How many records were judged so far; those that one record holds count in its place.</summary>
    public long Records { get; private set; }

    /// <summary>How many events were made so far.</summary>
    public long Events { get; private set; }

    public IEnumerable<RecordFinding> Judge(string file, DateTimeOffset receivedAt, Record record, EnvelopeIds? ids) =>
        Judge(file, new RecordOrigin(options.Sources.Name, receivedAt) { Profile = record.Profile ?? hints.Profile, Properties = hints.Properties }, record, ids);

    private IEnumerable<RecordFinding> Judge(string file, RecordOrigin origin, Record record, EnvelopeIds? ids)
    {
        if (record.Fault is { } fault)
        {
            Records++;
            return [new RecordFinding(file, fault.At.Line, fault.At.Column, new Finding(fault.Reason, Severity.Error, "", fault.Detail), null)];
        }

        var mapped = mapper.Map(record.Utf8, origin);
        return mapped.Parts.Count == 0
            ? Judge(file, record, mapped, ids)
            : record.Split(mapped.Parts).SelectMany(part => Judge(file, origin.OfParts(mapped), part, ids));
    }

    private List<RecordFinding> Judge(string file, Record record, MapResult mapped, EnvelopeIds? ids)
    {
        Records++;
        _findings.Clear();
        _findings.AddRange(mapped.Findings.Select(finding => options.Events.Strict ? finding with { Severity = Severity.Error } : finding));
        if (mapped.ParkedBecause is { } reason && !_findings.Exists(finding => finding.Severity == Severity.Error))
        {
            _findings.Add(new Finding(reason, Severity.Error, "$", mapped.Detail ?? reason));
        }

        var ofRecord = _findings.Count;
        string? made = null;
        foreach (var @event in mapped.Events)
        {
            Events++;
            _validator.Validate(@event.Utf8, _findings);
            made = @event.Utf8.Equals(record.Utf8) || @event.Utf8.Span.SequenceEqual(record.Utf8.Span) ? null : @event.Name;
            if (ids?.Repeats(@event.Id, record.Position) is { } repeated)
            {
                _findings.Add(repeated);
            }
        }

        return [.. _findings.Select((finding, i) =>
            new RecordFinding(file, record.Position.Line, record.Position.Column, finding, i < ofRecord ? null : made))];
    }
}

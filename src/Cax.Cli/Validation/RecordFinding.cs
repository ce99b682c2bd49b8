using Cax.Core.Events;

namespace Cax.Cli.Validation;

/// <summary>One finding with its place in a file.</summary>
/// <param name="File">As it was named by the caller; - for standard input.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">In bytes, from 1.</param>
/// <param name="Finding">What is wrong. Its path is that of the event, see <paramref name="MadeEvent"/>.</param>
/// <param name="MadeEvent">The name of the event that was made of the record, when the path is one of that event and not of the record itself.</param>
internal sealed record RecordFinding(string File, long Line, long Column, Finding Finding, string? MadeEvent);

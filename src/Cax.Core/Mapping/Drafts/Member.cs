using System.Text.Json;

namespace Cax.Core.Mapping.Drafts;

/// <summary>A name and its value, as slices of the record or of the draft's own memory.</summary>
/// <param name="Name">The name as UTF-8, without quotes and escapes.</param>
/// <param name="Value">The value as JSON text; unused when <paramref name="Nested"/> is set.</param>
/// <param name="Element">The value in the record; default for a value that the connector wrote.</param>
/// <param name="IsCompact">Whether the value has no white space between its parts for sure.</param>
/// <param name="Nested">The value as an object that may be edited.</param>
internal readonly record struct Member(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value, JsonElement Element, bool IsCompact, Members? Nested);

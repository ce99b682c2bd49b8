using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>What a table has for a text; for one that it does not have, or none at all, what is given for that.</summary>
internal sealed class Lookup(Operator input, LookupTable table, Operator? otherwise) : Operator
{
    public override IEnumerable<string> Places =>
        [.. input.Places.Select(place => $"{place} in the table {table.Name}"), .. otherwise?.Places ?? []];

    public override bool TryGet(Evaluation at, out Value value)
    {
        if (input.TryText(at, out var key))
        {
            var found = table.TryGet(at, key.Span, out var entry);
            at.Trace?.Looked($"the table {table.Name}", found);
            if (found)
            {
                value = Value.Of(entry);
                return true;
            }
        }

        value = default;
        return otherwise?.TryGet(at, out value) == true;
    }
}

using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>When the source got the record: for what does not say when it happened. The same at every redelivery.</summary>
internal sealed class Received : Operator
{
    private const string Place = "the time of arrival";

    public override IEnumerable<string> Places => [Place];

    public override bool TryGet(Evaluation at, out Value value)
    {
        at.Trace?.Looked(Place, found: true);
        value = Value.OfTime(at.Origin.ReceivedAt.ToUnixTimeMilliseconds());
        return true;
    }
}

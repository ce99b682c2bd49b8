using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>What stands at a path of the record.</summary>
internal sealed class PathValue(SourcePath path) : Operator
{
    public SourcePath Path => path;

    public override IEnumerable<string> Places => [path.Text];

    public override bool TryGet(Evaluation at, out Value value)
    {
        var node = path.Find(at);
        var found = !at.Tape.IsNothing(node);
        at.Trace?.Looked(path.Text, found);
        value = Value.Of(node);
        return found;
    }

    public override void Gather(Evaluation at)
    {
        var mark = at.Values.Count;
        path.Gather(at);
        at.Trace?.Looked(path.Text, at.Values.Count > mark);
    }
}

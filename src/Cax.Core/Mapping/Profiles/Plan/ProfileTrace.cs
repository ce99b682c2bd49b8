namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>Writes down what a profile looked at, for somebody who asks why a property came out as it did.</summary>
internal sealed class ProfileTrace
{
    private readonly List<Look> _looks = [];
    private readonly List<TracedTarget> _targets = [];

    /// <summary>The properties in the order in which they were worked out.</summary>
    public IReadOnlyList<TracedTarget> Targets => _targets;

    /// <summary>The conditions and lists before any property had its turn.</summary>
    public IReadOnlyList<Look> Others => _looks;

    public void Looked(string place, bool found) => _looks.Add(new Look(place, found));

    /// <summary>What was looked at since the last one belongs to this property.</summary>
    public void Worked(string target, string? value)
    {
        _targets.Add(new TracedTarget(target, value, [.. _looks]));
        _looks.Clear();
    }

    /// <summary>What was looked at so far belongs to no property.</summary>
    public void Forget() => _looks.Clear();
}

/// <summary>A path, message property, parameter or constant that was looked at, and whether it gave something.</summary>
internal sealed record Look(string Place, bool Found);

/// <summary>A property of the event, its value as JSON (null when there was none) and what was looked at for it, in order.</summary>
internal sealed record TracedTarget(string Target, string? Value, IReadOnlyList<Look> Looks);

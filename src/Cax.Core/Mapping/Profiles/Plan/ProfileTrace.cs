using Cax.Core.Mapping.Profiles.Targets;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>Writes down what a profile looked at, for somebody who asks why a property came out as it did.</summary>
internal sealed class ProfileTrace
{
    private readonly List<Look> _looks = [];
    private readonly List<TracedEvent> _events = [];
    private List<TracedTarget> _targets = [];
    private int _item;

    /// <summary>The events whose condition was asked, in the order of the profile.</summary>
    public IReadOnlyList<TracedEvent> Events => _events;

    /// <summary>What was looked at last and belongs to no property: skip rules, and conditions of events that did not come about.</summary>
    public IReadOnlyList<Look> Others => _looks;

    public void Looked(string place, bool found) => _looks.Add(new Look(place, found));

    /// <summary>The condition of an event was asked. When it holds, the properties that follow are those of this event.</summary>
    public void Asked(string eventName, bool holds)
    {
        if (holds)
        {
            _looks.Clear();
        }

        _targets = [];
        _events.Add(new TracedEvent(eventName, holds, _targets));
    }

    /// <summary>The properties that follow are those of this item.</summary>
    public void Item(int index) => _item = index;

    /// <summary>What was looked at since the last property belongs to this one.</summary>
    public void Worked(Target target, string? value) => Worked(
        target.Home is TargetHome.Item or TargetHome.Product ? FormattableString.Invariant($"items[{_item}].{target.Name}") : target.Name, value);

    /// <inheritdoc cref="Worked(Target, string?)"/>
    public void Worked(string name, string? value)
    {
        _targets.Add(new TracedTarget(name, value, [.. _looks]));
        _looks.Clear();
    }
}

/// <summary>A path, message property, parameter or constant that was looked at, and whether it gave something.</summary>
internal sealed record Look(string Place, bool Found);

/// <summary>An event of the profile, whether its condition held, and its properties in the order in which they were worked out.</summary>
internal sealed record TracedEvent(string Name, bool Holds, IReadOnlyList<TracedTarget> Targets);

/// <summary>A property of the event, its value as JSON (null when there was none) and what was looked at for it, in order.</summary>
internal sealed record TracedTarget(string Name, string? Value, IReadOnlyList<Look> Looks);

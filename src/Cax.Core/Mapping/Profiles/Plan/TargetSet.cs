using Cax.Core.Mapping.Profiles.Targets;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>The properties that a profile sets, in the order of the profile, by the object they are members of.</summary>
internal sealed class TargetSet
{
    public TargetSet(IEnumerable<TargetValue> values)
    {
        All = [.. values];
        Event = Of(TargetHome.Event);
        User = Of(TargetHome.User);
        Context = Of(TargetHome.Context);
        Page = Of(TargetHome.Page);
        Device = Of(TargetHome.Device);
        Item = Of(TargetHome.Item);
        Product = Of(TargetHome.Product);
    }

    public IReadOnlyList<TargetValue> All { get; }

    public TargetValue[] Event { get; }

    public TargetValue[] User { get; }

    public TargetValue[] Context { get; }

    public TargetValue[] Page { get; }

    public TargetValue[] Device { get; }

    public TargetValue[] Item { get; }

    public TargetValue[] Product { get; }

    /// <summary>What the profile has for a property; null when it sets none of that name.</summary>
    public TargetValue? Find(string name) => All.FirstOrDefault(value => value.Target.Name == name);

    private TargetValue[] Of(TargetHome home) => [.. All.Where(value => value.Target.Home == home)];
}

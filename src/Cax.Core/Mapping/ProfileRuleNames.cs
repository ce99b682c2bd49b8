namespace Cax.Core.Mapping;

/// <summary>The rules by which a profile is chosen, as they are written down: in lower case.</summary>
public static class ProfileRuleNames
{
    /// <summary>The name of a rule.</summary>
    public static string Name(this ProfileRule rule) => rule switch
    {
        ProfileRule.Property => "property",
        ProfileRule.Path => "path",
        ProfileRule.Queue => "queue",
        ProfileRule.Header => "header",
        _ => "shape",
    };

    /// <summary>The rule of this name; null when there is none.</summary>
    public static ProfileRule? Find(string name)
    {
        foreach (var rule in Enum.GetValues<ProfileRule>())
        {
            if (rule.Name() == name)
            {
                return rule;
            }
        }

        return null;
    }
}

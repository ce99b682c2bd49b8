using Cax.Core.Settings;

namespace Cax.Core.Mapping;

/// <summary>What happens to an event that says nothing about consent.</summary>
public enum ConsentPolicy
{
    /// <summary>It is parked as <c>consent_unknown</c>.</summary>
    Require,

    /// <summary>It gets the categories of the settings.</summary>
    Configured,

    /// <summary>It is sent without, with a warning.</summary>
    Omit,
}

/// <summary>How consent categories are written: <c>"1"</c> or <c>1</c> (the vendor shows both: CAX reference 12.2).</summary>
public enum ConsentElement
{
    Text,
    Number,
}

/// <summary>Consent is never guessed: absent information follows a policy, per source.</summary>
public sealed record ConsentOptions
{
    /// <summary>Default <see cref="ConsentPolicy.Require"/>.</summary>
    public ConsentPolicy Policy { get; init; } = ConsentPolicy.Require;

    /// <summary>What <see cref="ConsentPolicy.Configured"/> fills in.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Default <see cref="ConsentElement.Text"/>.</summary>
    public ConsentElement Element { get; init; } = ConsentElement.Text;

    /// <summary>The options of sources that have none of their own.</summary>
    public static ConsentOptions Read(SettingsReader settings) =>
        Read(settings, "Cax__Consent", new ConsentOptions { Element = settings.Choice("Cax__Consent__Element", ConsentElement.Text) });

    /// <summary>Reads <c>{prefix}__Policy</c> and <c>{prefix}__Categories__0</c>, each falling back to <paramref name="general"/>.</summary>
    public static ConsentOptions Read(SettingsReader settings, string prefix, ConsentOptions general)
    {
        var options = new ConsentOptions
        {
            Policy = settings.Choice(prefix + "__Policy", general.Policy),
            Categories = settings.List(prefix + "__Categories") ?? general.Categories,
            Element = general.Element,
        };
        if (options.Policy == ConsentPolicy.Configured && options.Categories.Count == 0)
        {
            settings.Problem(prefix + "__Categories__0", "must be set when the policy is configured");
        }

        if (options.Element == ConsentElement.Number && options.Categories.Any(c => !long.TryParse(c, out _)))
        {
            settings.Problem(prefix + "__Categories__0", "and those after it must be whole numbers when the element is number");
        }

        return options;
    }
}

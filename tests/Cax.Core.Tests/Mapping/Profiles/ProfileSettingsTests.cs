using Cax.Core.Mapping.Profiles;
using Cax.Core.Settings;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Mapping.Profiles;

public sealed class ProfileSettingsTests
{
    private static readonly ProfileDocument Broken = new("ours/till.profile.json", "{\"profile\":\"till\"}"u8.ToArray());

    [Fact]
    public void Parameters_are_read_by_profile_and_parameter_and_an_underscore_may_stand_for_a_hyphen()
    {
        var options = Read(
            ("Cax__Profiles__Parameters__woocommerce__orderId", "number"), ("Cax:Profiles:Parameters:our_till:zone", "Europe/Paris"),
            ("Cax__Profiles__Parameters__our-till__currency", "EUR"), ("Cax__Profiles__ReloadEvery", "00:00:00"));

        Assert.Equal("number", options.Parameters["WooCommerce"]["ORDERID"]);
        Assert.Equal(("Europe/Paris", "EUR"), (options.Parameters["our-till"]["zone"], options.Parameters["our-till"]["currency"]));
        Assert.Equal((TimeSpan.Zero, "profiles"), (options.ReloadEvery, options.Container));
    }

    [Fact]
    public void A_parameter_with_a_further_level_is_not_a_setting()
    {
        var settings = new SettingsReader([new("Cax__Profiles__Parameters__woocommerce__orderId__0", "x")]);

        CaxOptions.Read(settings, needsDestination: false);

        Assert.StartsWith("Cax__Profiles__Parameters__woocommerce__orderId__0 is not a setting", Assert.Single(settings.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_that_settings_name_must_be_there_and_sound()
    {
        var options = new CaxOptions
        {
            ServiceBus = new ServiceBusOptions { Profiles = new Dictionary<string, string> { ["OrderMessages"] = "WooCommerce", ["LeadMessages"] = "woocomerce" } },
            Exports = new ExportOptions { Paths = [new("a/*", "shopify", null), new("b/*", "till", null), new("c/*", "zzzzzzzzzz", null)] },
        };

        Assert.Equal(
            [
                "Cax__ServiceBus__Profiles__LeadMessages names a profile that there is not; the nearest one is woocommerce.",
                "Cax__Exports__Paths__1__Profile names a profile that has mistakes.",
                "Cax__Exports__Paths__2__Profile names a profile that there is not.",
            ],
            ProfileSettings.Problems(options, new ProfileCatalog(options.Mapping.Profiles.Parameters, [Broken])));
    }

    [Fact]
    public void Parameters_must_be_those_of_profiles_that_there_are()
    {
        var options = Read(
            ("Cax__Profiles__Parameters__woocomerce__orderId", "se-cret"), ("Cax__Profiles__Parameters__woocommerce__orderld", "se-cret"),
            ("Cax__Profiles__Parameters__till__zone", "se-cret"));

        var problems = ProfileSettings.ParameterProblems(options, new ProfileCatalog(options.Parameters, [Broken]));

        Assert.Equal(2, problems.Count);
        Assert.Contains("Cax__Profiles__Parameters__woocomerce are parameters of a profile that there is not; the nearest one is woocommerce.", problems);
        Assert.Contains(problems, problem => problem.StartsWith("built-in woocommerce.profile.json: $.parameters", StringComparison.Ordinal) && problem.Contains("orderId", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain("se-cret", problem, StringComparison.Ordinal));
    }

    private static ProfileOptions Read(params (string Name, string Value)[] settings) =>
        ProfileOptions.Read(new SettingsReader(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))));
}

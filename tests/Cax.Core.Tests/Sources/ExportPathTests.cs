using Cax.Core.Mapping;
using Cax.Core.Settings;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Sources;

public sealed class ExportPathTests
{
    [Theory]
    [InlineData("orders.json", "default", null)]
    [InlineData("outlet/orders.json", "outlet", null)]
    [InlineData("OUTLET/2026/orders.json", "OUTLET", null)]
    [InlineData("woocommerce/orders.json", "default", "woocommerce")]
    [InlineData("WooCommerce/2026/11/orders.json", "default", "WooCommerce")]
    [InlineData("outlet/woocommerce/orders.json", "outlet", "woocommerce")]
    [InlineData("outlet/2026/woocommerce/orders.json", "outlet", null)]
    [InlineData("outlet/woocommerce", "outlet", null)]
    [InlineData("woocommerce/outlet/orders.json", "default", "woocommerce")]
    [InlineData("nowhere/woocommerce/orders.json", "nowhere", null)]
    [InlineData("/orders.json", "", null)]
    [InlineData("both/orders.json", "both", null)]
    [InlineData("both/both/orders.json", "both", "both")]
    public void Folders_name_a_destination_and_a_profile(string path, string destination, string? profile) =>
        Assert.Equal(new ExportPath(destination, profile is null ? null : new ProfileChoice(profile, ProfileRule.Path)), Read(path));

    [Fact]
    public void The_first_rule_that_matches_decides_before_the_folders_do()
    {
        ExportPathRule[] rules = [new("erp/*-refunds.json", "refunds", "outlet"), new("*.leads.JSON", "hubspot", null), new("erp/*", "orders", null)];

        Assert.Equal(Chosen("outlet", "refunds"), Read("erp/2026/11/shop-refunds.json", rules));
        Assert.Equal(Chosen("default", "orders"), Read("erp/2026/shop.json", rules));
        Assert.Equal(Chosen("outlet", "hubspot"), Read("outlet/woocommerce/web.leads.json", rules));
        Assert.Equal(Chosen("default", "hubspot"), Read("web.leads.json", rules));
        Assert.Equal(Chosen("default", "woocommerce"), Read("woocommerce/erp/a.json", rules));
    }

    [Fact]
    public void Rules_are_read_from_the_settings_in_their_order()
    {
        var (options, problems) = Settings(
            ("Cax__Exports__Paths__1__Pattern", "b/*"), ("Cax__Exports__Paths__1__Profile", "two"),
            ("Cax__Exports__Paths__0__Pattern", "a/*"), ("Cax__Exports__Paths__0__Profile", "one"), ("Cax__Exports__Paths__0__Destination", "outlet"));

        Assert.Empty(problems);
        Assert.Equal([new("a/*", "one", "outlet"), new("b/*", "two", null)], options.Paths);
    }

    [Theory]
    [InlineData("Cax__Exports__Paths__0__Pattern", "Cax__Exports__Paths__0__Profile must be set")]
    [InlineData("Cax__Exports__Paths__0__Profile", "Cax__Exports__Paths__0__Pattern must be set")]
    [InlineData("Cax__Exports__Paths__1__Profile", "Cax__Exports__Paths__0__Pattern must be set")]
    public void A_rule_that_is_not_complete_is_a_problem(string setting, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Settings((setting, "x")).Problems), StringComparison.Ordinal);

    private static ExportPath Chosen(string destination, string profile) => new(destination, new ProfileChoice(profile, ProfileRule.Path));

    private static ExportPath Read(string path, params ExportPathRule[] rules) => ExportPath.Read(
        path,
        rules,
        name => name.ToUpperInvariant() is "DEFAULT" or "OUTLET" or "BOTH",
        name => name.ToUpperInvariant() is "WOOCOMMERCE" or "HUBSPOT" or "BOTH");

    private static (ExportOptions Options, IReadOnlyList<string> Problems) Settings(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        return (ExportOptions.Read(reader), reader.Problems);
    }
}

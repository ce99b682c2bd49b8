using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CaxFunctions.Tests;

/// <summary>The app is put together as <c>Program</c> does it.</summary>
public sealed class StartTests
{
    [Fact]
    public void Every_function_can_be_made_with_the_settings_sample()
    {
        var types = FunctionAttributesTests.Functions.Values.Select(method => method.DeclaringType!).Distinct().ToList();
        using var services = Services(_ => { }).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.All(types, type => Assert.NotNull(ActivatorUtilities.CreateInstance(services, type)));
    }

    [Fact]
    public void Settings_that_are_wrong_are_all_named_at_the_start_and_no_value_is_told()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Services(sample =>
        {
            sample["Cax__SiteId"] = "";
            sample["Cax__Delivery__Mode"] = "se-cret";
        }));

        Assert.Contains("Cax__SiteId", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Cax__Delivery__Mode", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("se-cret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_storage_account_the_app_does_not_start() => Assert.Contains(
        "CaxStorage",
        Assert.Throws<InvalidOperationException>(() => Services(sample => sample.Remove("CaxStorage"))).Message,
        StringComparison.Ordinal);

    private static IServiceCollection Services(Action<Dictionary<string, string?>> change)
    {
        using var document = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var sample = document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());
        change(sample);

        // What stands in the environment as a__b is a:b in a configuration.
        var values = sample.Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return new ServiceCollection().AddLogging().AddConnector(configuration);
    }
}

using Cax.Core.Mapping;
using Cax.Core.Settings;

namespace Cax.Core.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void All_problems_are_told_at_once_by_name_and_without_a_value()
    {
        var settings = Settings(
            ("Cax__SiteId", "site-29"),
            ("Cax__SourceKey", " "),
            ("Cax__Endpoint", "http://collect.example"),
            ("Cax__Batching__MaxBytes", "600000"),
            ("Cax__Delivery__Mode", "bulk"),
            ("Cax__Delivery__GiveUpAfter", "45s"),
            ("Cax__Events__Strict", "yes"),
            ("Cax__Events__Severity__CAX036", "1"),
            ("Cax__Consent__Policy", "configured"),
            ("Cax__Batching__MaxEvent", "100"));

        CaxOptions.Read(settings, needsDestination: true);

        var names = settings.Problems.Select(problem => problem.Split(' ')[0]).ToList();
        Assert.Equal(
            [
                "Cax__Batching__MaxBytes", "Cax__Batching__MaxEvent", "Cax__Consent__Categories__0", "Cax__Delivery__GiveUpAfter", "Cax__Delivery__Mode",
                "Cax__Endpoint", "Cax__Events__Severity__CAX036", "Cax__Events__Strict", "Cax__SiteId", "Cax__SourceKey",
            ],
            names.Order(StringComparer.Ordinal));
        Assert.Contains(settings.Problems, problem => problem.Contains("the nearest one is Cax__Batching__MaxEvents", StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Problems, problem => problem.Contains("site-29", StringComparison.Ordinal) || problem.Contains("bulk", StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_http_is_for_this_machine_unless_it_is_allowed()
    {
        Assert.Empty(ProblemsWith("http://localhost:5080"));
        Assert.Empty(ProblemsWith("http://127.0.0.1:5080"));
        Assert.NotEmpty(ProblemsWith("http://collect.example"));
        Assert.Empty(ProblemsWith("http://collect.example", ("Cax__Delivery__AllowHttp", "true")));
        Assert.NotEmpty(ProblemsWith("https://collect.example?token=x"));
        Assert.NotEmpty(ProblemsWith("https://collect.example/#events"));
        Assert.NotEmpty(ProblemsWith("https://collect.example/events/batch"));
        Assert.Empty(ProblemsWith("https://collect.example/cdp"));

        static IReadOnlyList<string> ProblemsWith(string endpoint, params (string, string?)[] more)
        {
            var settings = Settings([("Cax__SiteId", "29"), ("Cax__SourceKey", "k"), ("Cax__Endpoint", endpoint), .. more]);
            CaxOptions.Read(settings, needsDestination: true);
            return settings.Problems;
        }
    }

    [Fact]
    public void A_body_must_have_room_for_one_event()
    {
        var settings = Settings(("Cax__Batching__MaxBytes", "32011"));
        CaxOptions.Read(settings, needsDestination: false);
        Assert.Contains("Cax__Events__MaxBytes", Assert.Single(settings.Problems), StringComparison.Ordinal);

        settings = Settings(("Cax__Batching__MaxBytes", "32012"));
        CaxOptions.Read(settings, needsDestination: false);
        Assert.Empty(settings.Problems);
    }

    [Theory]
    [InlineData("30", null, true)]
    [InlineData("31", null, false)]
    [InlineData("31", "31", true)]
    [InlineData("7", "6", false)]
    public void Receipts_are_kept_for_as_long_as_they_are_to_tell_what_was_sent(string acrossRuns, string? kept, bool isRight)
    {
        var settings = Settings(("Cax__Duplicates__AcrossRuns", acrossRuns), ("Cax__Reports__KeepReceiptsDays", kept));
        CaxOptions.Read(settings, needsDestination: false);

        Assert.Equal(isRight ? [] : ["Cax__Duplicates__AcrossRuns"], settings.Problems.Select(problem => problem.Split(' ')[0]));
    }

    [Fact]
    public void A_source_may_have_its_own_consent_policy_and_inherits_the_rest()
    {
        var settings = Settings(
            ("Cax:Consent:Element", "number"),
            ("cax__sources__tills__consent__policy", "Configured"),
            ("Cax__Sources__tills__Consent__Categories__0", "1"),
            ("Cax__Sources__tills__Consent__Categories__1", "3"));

        var mapping = CaxOptions.Read(settings, needsDestination: false).Mapping;

        Assert.Empty(settings.Problems);
        Assert.Equal(ConsentPolicy.Require, mapping.For("web").Consent.Policy);
        Assert.Equal(ConsentPolicy.Configured, mapping.For("TILLS").Consent.Policy);
        Assert.Equal(["1", "3"], mapping.For("tills").Consent.Categories);
        Assert.Equal(ConsentElement.Number, mapping.For("tills").Consent.Element);
    }

    [Fact]
    public void An_underscore_stands_for_the_hyphen_in_the_name_of_a_source()
    {
        var settings = Settings(("Cax__Sources__meta_lead_ads__Consent__Policy", "omit"), ("Cax__Sources__pop-up__DefaultType", "offline"));

        var mapping = CaxOptions.Read(settings, needsDestination: false).Mapping;

        Assert.Equal(ConsentPolicy.Omit, mapping.For("meta-lead-ads").Consent.Policy);
        Assert.Equal(ConsentPolicy.Omit, mapping.For("meta_lead_ads").Consent.Policy);
        Assert.Equal("offline", mapping.For("pop-up").DefaultType);
    }

    [Fact]
    public void A_test_endpoint_on_this_machine_gets_the_token_of_the_config_api_and_no_other_host_does()
    {
        var here = CaxOptions.Read(Settings(("Cax__Endpoint", "http://localhost:5080"), ("Cax__ConfigApi__Token", "t")), needsDestination: false);
        var there = CaxOptions.Read(Settings(("Cax__ConfigApi__Token", "t")), needsDestination: false);

        Assert.Equal("http://localhost:5080/", here.ConfigApi.Endpoint.AbsoluteUri);
        Assert.Equal("https://api.commander1.com/", there.ConfigApi.Endpoint.AbsoluteUri);
    }

    private static SettingsReader Settings(params (string Name, string? Value)[] values) =>
        new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
}

using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class ConsentTests
{
    [Theory]
    [InlineData("""["1","3"]""", """["1","3"]""")]
    [InlineData("""[3,1]""", """["3","1"]""")]
    [InlineData("""["1",3,"3",1,"1"]""", """["1","3"]""")]
    [InlineData("""["\u0031","1"]""", """["1"]""")]
    [InlineData("""[10019]""", """["10019"]""")]
    [InlineData("[]", "[]")]
    public void Elements_become_texts_once_each_in_order(string given, string sent) =>
        Assert.Equal(sent, Json(Login(given)).At("user.consent_categories"));

    [Theory]
    [InlineData("""["1","3"]""", "[1,3]")]
    [InlineData("""["1",3,"3"]""", "[1,3]")]
    [InlineData("""["1","marketing"]""", """["1","marketing"]""")]
    [InlineData("""["01"]""", """["01"]""")]
    public void Elements_become_numbers_when_so_configured_and_possible(string given, string sent) =>
        Assert.Equal(sent, Json(Login(given), WithConsent(ConsentPolicy.Require, ConsentElement.Number)).At("user.consent_categories"));

    [Theory]
    [InlineData("""["1",null]""")]
    [InlineData("""[1.5]""")]
    [InlineData("""[["1"]]""")]
    [InlineData("\"1,3\"")]
    [InlineData("true")]
    public void What_cannot_be_converted_is_left_for_the_validator(string given) => Assert.Equal(Login(given), Text(Login(given)));

    [Fact]
    public void A_long_list_is_converted_as_a_short_one()
    {
        var numbers = string.Join(",", Enumerable.Range(1, 50).Concat(Enumerable.Range(1, 50)));

        var sent = Json(Login($"[{numbers}]")).At("user.consent_categories");

        Assert.Equal($"[{string.Join(",", Enumerable.Range(1, 50).Select(n => $"\"{n}\""))}]", sent);
    }

    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","consent_categories":null}""")]
    [InlineData("null")]
    public void Absent_consent_is_parked_when_it_is_required(string user)
    {
        var result = Map(LoginOf(user));

        Assert.Equal(ReasonCodes.ConsentUnknown, result.ParkedBecause);
        Assert.Contains("Cax__Consent__Policy", result.Detail, StringComparison.Ordinal);
        Assert.Equal((ReasonCodes.ConsentUnknown, Severity.Error), (result.Findings[^1].Code, result.Findings[^1].Severity));
    }

    [Theory]
    [InlineData(ConsentElement.Text, """["2","7"]""")]
    [InlineData(ConsentElement.Number, "[2,7]")]
    public void Absent_consent_is_filled_from_the_settings(ConsentElement element, string sent)
    {
        var options = WithConsent(ConsentPolicy.Configured, element, "2", "7");

        Assert.Equal(sent, Json(LoginOf("""{"id":"1","consent_categories":null}"""), options).At("user.consent_categories"));
        Assert.Equal("[]", Json(Login("[]"), options).At("user.consent_categories"));
    }

    [Fact]
    public void Absent_consent_is_left_out_with_a_warning_under_omit()
    {
        var result = Map(LoginOf("""{"id":"1","consent_categories":null}"""), WithConsent(ConsentPolicy.Omit));

        Assert.DoesNotContain("consent_categories", Text(result.Events[0]), StringComparison.Ordinal);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((ReasonCodes.ConsentUnknown, Severity.Warning, "$.user.consent_categories"), (finding.Code, finding.Severity, finding.Path));
    }

    [Fact]
    public void The_policy_is_that_of_the_source()
    {
        var till = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Configured, Categories = ["9"] } };
        var options = Options with { BySource = new Dictionary<string, SourceMapping> { ["till"] = till } };
        var mapper = new RecordMapper(options);
        var record = Encoding.UTF8.GetBytes(LoginOf("""{"id":"1"}"""));

        Assert.Single(mapper.Map(record, Origin with { Source = "till" }).Events);
        Assert.Equal(ReasonCodes.ConsentUnknown, mapper.Map(record, Origin).ParkedBecause);
    }

    private static string Login(string consent) => LoginOf($$"""{"id":"1","consistent_anonymous_id":"a","consent_categories":{{consent}}}""");

    private static string LoginOf(string user) =>
        $$$"""{"event_name":"login","user":{{{user}}},"context":{"event_id":"e","event_timestamp":1764061200000}}""";
}

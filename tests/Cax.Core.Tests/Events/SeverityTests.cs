using Cax.Core.Events;
using Cax.Core.Settings;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class SeverityTests
{
    [Theory]
    [InlineData("CAX034", "$.tax_amount", "-1")]
    [InlineData("CAX036", "$.payment_method", "\"visa\"")]
    [InlineData("CAX037", "$.status", "\"waiting\"")]
    [InlineData("CAX039", "$.items[0].product.price", null)]
    public void Where_the_vendor_is_silent_the_severity_is_a_choice_until_strict(string code, string path, string? json)
    {
        var lenient = new EventOptions { Severities = new Dictionary<string, Severity> { [code] = Severity.Warning } };
        var purchase = ValidEvents.Purchase().With(path, json);

        Assert.Contains($"{code} W {path}", Judge.Event(purchase, lenient));
        Assert.Contains($"{code} E {path}", Judge.Event(purchase, lenient with { Strict = true }));
        Assert.Contains($"{code} E {path}", Judge.Event(purchase));
    }

    [Theory]
    [InlineData("CAX034", "$.tax_amount", "\"1\"")]
    [InlineData("CAX034", "$.tax_amount", "1e400")]
    [InlineData("CAX034", "$.items[0].product.price", "\"1\"")]
    [InlineData("CAX039", "$.items[0].id", null)]
    [InlineData("CAX039", "$.items[0].quantity", null)]
    [InlineData("CAX039", "$.items[0].product", null)]
    [InlineData("CAX039", "$.items[0].product.name", null)]
    [InlineData("CAX031", "$.currency", null)]
    public void What_else_a_rule_says_stays_an_error(string code, string path, string? json)
    {
        var lenient = new EventOptions { Severities = new Dictionary<string, Severity> { [code] = Severity.Warning } };

        Assert.Contains($"{code} E {path}", Judge.Event(ValidEvents.Purchase().With(path, json), lenient));
    }

    [Fact]
    public void The_settings_reach_the_validator()
    {
        var options = EventOptions.Read(new SettingsReader([new("Cax__Events__Severity__CAX037", "warning")]));

        Assert.Equal(["CAX037 W $.status"], Judge.Event(ValidEvents.Purchase().With("$.status", "\"waiting\""), options));
    }
}

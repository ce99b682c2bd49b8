using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Identity;

public sealed class PeopleTests
{
    private const string JohnSha256 = "836f82db99121b3481011f16b49dfa5fbc714a0d1b1b9f784a1ebbbf5b39577f";
    private const string PhoneSha256 = "42d573cfc315801d4cd8eddd5416b416a0bf298b9b9e12d6b07442c91db42bd8";

    private static readonly MappingOptions Hashed = Options with { Identity = new IdentityOptions { HashKey = "k", SendHashed = true } };

    [Fact]
    public void A_captured_anonymous_id_is_kept() =>
        Assert.Equal("\"captured\"", Login("\"id\":\"1\",\"consistent_anonymous_id\":\"captured\"").At("user.consistent_anonymous_id"));

    [Fact]
    public void A_derived_anonymous_id_is_stable_and_keyed()
    {
        var one = Anonymous("\"id\":\"C-1\"");

        // HMAC-SHA256("test-key", "id:C-1"), computed with another tool.
        Assert.Equal("\"285226bf84fe8e858ad67547eb2ffb8e\"", one);
        Assert.Equal(one, Anonymous("\"id\":\"C-1\",\"email\":\"a@b.c\",\"consistent_anonymous_id\":\"\""));
        Assert.NotEqual(one, Anonymous("\"id\":\"C-2\""));
        Assert.NotEqual(one, Login("\"id\":\"C-1\"", Hashed).At("user.consistent_anonymous_id"));
    }

    [Fact]
    public void Plain_and_hashed_e_mail_give_the_same_anonymous_id()
    {
        var one = Anonymous("\"email\":\" John.Doe@Example.com\"");

        Assert.NotNull(one);
        Assert.Equal(one, Anonymous($"\"email_sha256\":\"{JohnSha256.ToUpperInvariant()}\""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void A_customer_id_of_any_length_and_alphabet_is_hashed_whole(int length)
    {
        var id = new string('é', length) + "\"\\\n\ud83d\ude00";
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData("test-key"u8, Encoding.UTF8.GetBytes("id:" + id)).AsSpan(0, 16));

        Assert.Equal($"\"{hash}\"", Anonymous($"\"id\":{JsonSerializer.Serialize(id)}"));
    }

    [Theory]
    [InlineData("\\u0020\\u00c9lodie@Example.com\\t", "élodie@example.com")]
    [InlineData("\u3000ÉLODIE@BÜCHER.example ", "élodie@bücher.example")]
    [InlineData("\\tElodie@example.com\\n", "elodie@example.com")]
    public void E_mails_of_any_alphabet_are_trimmed_and_put_in_lower_case_before_hashing(string given, string address) =>
        Assert.Equal(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))}\"",
            Login($"\"id\":\"1\",\"email\":\"{given}\"", Hashed).At("user.email_sha256"));

    [Theory]
    [InlineData("+44\\u00a0(0)20 7946\u20110958", "+442079460958")]
    [InlineData("0033 6 12 34 56 78", "+33612345678")]
    public void Phones_are_hashed_as_they_would_be_sent(string given, string number) =>
        Assert.Equal(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)))}\"",
            Login($"\"id\":\"1\",\"phone\":\"{given}\"", Hashed).At("user.phone_sha256"));

    [Theory]
    [InlineData("\"id\":\" \\u2003\u3000\"")]
    [InlineData("\"id\":\"0\"")]
    [InlineData("\"id\":0")]
    [InlineData("\"id\":\"\"")]
    [InlineData("\"email_sha256\":\"short\"")]
    [InlineData("\"city\":\"Lyon\"")]
    public void Nobody_in_particular_gets_no_anonymous_id(string user) => Assert.Null(Anonymous(user));

    [Fact]
    public void E_mail_and_phone_are_hashed_when_so_configured()
    {
        var json = Login("\"id\":\"1\",\"consistent_anonymous_id\":\"a\",\"email\":\" John.Doe@Example.com\",\"phone\":\"+33 6 12 34 56 78\"", Hashed);

        Assert.Equal(
            $$"""{"id":"1","consistent_anonymous_id":"a","consent_categories":[],"email_sha256":"{{JohnSha256}}","phone_sha256":"{{PhoneSha256}}"}""",
            json.At("user"));
    }

    [Theory]
    [InlineData("\"phone\":\"0612345678\"")]
    [InlineData("\"phone\":[\"+33612345678\"]")]
    [InlineData("\"email\":{\"work\":\"john.doe@example.com\"}")]
    [InlineData("\"email\":null")]
    public void Nothing_plain_is_sent_when_it_cannot_be_hashed(string detail) =>
        Assert.Equal("""{"id":"1","consistent_anonymous_id":"a","consent_categories":[]}""", Login("\"id\":\"1\",\"consistent_anonymous_id\":\"a\"," + detail, Hashed).At("user"));

    [Fact]
    public void The_connectors_own_message_is_hashed_too()
    {
        var text = Text(MessageContract.Examples["order-placed"], Hashed);

        Assert.Contains($"\"email_sha256\":\"{JohnSha256}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("john.doe", text, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Anonymous(string user) => Login(user).At("user.consistent_anonymous_id");

    private static JsonElement Login(string user, MappingOptions? options = null) =>
        Json("{\"event_name\":\"login\",\"user\":{" + user + ",\"consent_categories\":[]},\"context\":{\"event_id\":\"e\",\"event_timestamp\":1764061200000}}", options);
}

using Cax.Core.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class ContainerAddressTests
{
    [Theory]
    [InlineData("https://shop.blob.core.windows.net/dead-letter", "https://shop.blob.core.windows.net/dead-letter")]
    [InlineData("HTTPS://shop.blob.core.windows.net/dead-letter/", "https://shop.blob.core.windows.net/dead-letter")]
    [InlineData("https://shop.blob.core.windows.net/dead-letter?sv=1&sig=s3cret", "https://shop.blob.core.windows.net/dead-letter")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/dead-letter", "http://127.0.0.1:10000/devstoreaccount1/dead-letter")]
    public void An_address_prints_itself_without_its_query(string text, string printed)
    {
        Assert.Equal(printed, ContainerAddress.Parse(text, out var problem)?.ToString());
        Assert.Empty(problem);
    }

    [Theory]
    [InlineData("https://shop.blob.core.windows.net", "must name a container and nothing below it")]
    [InlineData("https://shop.blob.core.windows.net/?sig=s3cret", "must name a container and nothing below it")]
    [InlineData("https://shop.blob.core.windows.net/dead-letter/29/refused", "must name a container and nothing below it")]
    [InlineData("http://127.0.0.1:10000/dead-letter", "must name an account and a container")]
    [InlineData("http://shop.blob.core.windows.net/dead-letter?sig=s3cret", "must begin with https://")]
    [InlineData("https://user:s3cret@shop.blob.core.windows.net/dead-letter", "is not the https address of a blob container")]
    [InlineData("ftp://shop.example/dead-letter", "is not the https address of a blob container")]
    [InlineData("https://", "is not the https address of a blob container")]
    public void What_is_wrong_with_an_address_is_told_without_its_query(string text, string expected)
    {
        Assert.Null(ContainerAddress.Parse(text, out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=other;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/other;")]
    public void An_emulator_takes_the_connection_string_of_its_account(string? connection)
    {
        var address = ContainerAddress.Parse("http://127.0.0.1:10000/shop/dead-letter", out _)!;

        Assert.Null(address.Open(connection, new TestClock(), out var problem));
        Assert.Contains("AZURE_STORAGE_CONNECTION_STRING", problem, StringComparison.Ordinal);
        Assert.NotNull(address.Open(
            "DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/shop;", new TestClock(), out _));
    }

    [Fact]
    public void Azure_takes_whoever_is_logged_in() =>
        Assert.NotNull(ContainerAddress.Parse("https://shop.blob.core.windows.net/dead-letter", out _)!.Open(null, new TestClock(), out _));
}

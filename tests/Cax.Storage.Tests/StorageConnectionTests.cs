using Cax.Core.Settings;

namespace Cax.Storage.Tests;

public sealed class StorageConnectionTests
{
    private const string Blobs = "https://shop.blob.core.windows.net";
    private const string Queues = "https://shop.queue.core.windows.net";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://shop.blob.core.windows.net/")]
    public void A_connection_string_opens_its_account(string connection, string address)
    {
        var (service, problems) = Open(("CaxStorage", connection), ("CaxStorage__blobServiceUri", "https://other.blob.core.windows.net"));

        Assert.Empty(problems);
        Assert.Equal(address, service!.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("__")]
    [InlineData(":")]
    public void An_identity_opens_the_account_of_its_addresses(string separator)
    {
        var (service, problems) = Open(
            ($"CaxStorage{separator}blobServiceUri", Blobs),
            ($"CaxStorage{separator}queueServiceUri", Queues),
            ($"CaxStorage{separator}credential", "managedidentity"),
            ($"CaxStorage{separator}clientId", "11111111-2222-3333-4444-555555555555"));

        Assert.Empty(problems);
        Assert.Equal("shop", service!.AccountName);
    }

    [Fact]
    public void Without_a_credential_it_is_that_of_the_developer()
    {
        var (service, problems) = Open(("CaxStorage__blobServiceUri", Blobs), ("CaxStorage__queueServiceUri", Queues));

        Assert.Empty(problems);
        Assert.NotNull(service);
    }

    [Fact]
    public void Nothing_at_all_is_told() =>
        Refuses("CaxStorage must be a connection string, or CaxStorage__blobServiceUri and CaxStorage__queueServiceUri must be set for an identity.");

    [Fact]
    public void A_text_that_is_no_connection_string_is_told_without_its_value()
    {
        var (service, problems) = Open(("CaxStorage", "s3cret"));

        Assert.Null(service);
        Assert.StartsWith("CaxStorage must be the connection string of a storage account", Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serviceUri")]
    [InlineData("accountName")]
    public void The_short_forms_that_only_the_host_understands_are_refused(string form) => Refuses(
        $"CaxStorage__{form} is not enough: set CaxStorage__blobServiceUri and CaxStorage__queueServiceUri in its place, with the addresses of the two services.",
        ($"CaxStorage__{form}", "https://shop.blob.core.windows.net"));

    [Fact]
    public void The_queue_of_the_blob_trigger_is_asked_for() => Refuses(
        "CaxStorage__queueServiceUri must be set beside CaxStorage__blobServiceUri, such as https://ACCOUNT.queue.core.windows.net: the blob trigger keeps its work there.",
        ("CaxStorage__blobServiceUri", Blobs));

    [Theory]
    [InlineData("shop.blob.core.windows.net")]
    [InlineData("http://shop.blob.core.windows.net")]
    [InlineData("https://shop.blob.core.windows.net?sig=s3cret")]
    public void An_identity_takes_https_addresses_without_a_query(string address) => Refuses(
        "CaxStorage__blobServiceUri must be an https address without a query, such as https://ACCOUNT.blob.core.windows.net.",
        ("CaxStorage__blobServiceUri", address),
        ("CaxStorage__queueServiceUri", Queues));

    [Fact]
    public void Another_kind_of_credential_and_a_client_id_without_one_are_told()
    {
        Refuses(
            "CaxStorage__credential must be managedidentity, or left out to use the credential of the developer.",
            ("CaxStorage__blobServiceUri", Blobs),
            ("CaxStorage__queueServiceUri", Queues),
            ("CaxStorage__credential", "password"));
        Refuses(
            "CaxStorage__clientId takes CaxStorage__credential=managedidentity beside it.",
            ("CaxStorage__blobServiceUri", Blobs),
            ("CaxStorage__queueServiceUri", Queues),
            ("CaxStorage__clientId", "1"));
    }

    private static void Refuses(string problem, params (string Name, string Value)[] settings)
    {
        var (service, problems) = Open(settings);

        Assert.Null(service);
        Assert.Equal(problem, Assert.Single(problems));
    }

    private static (Azure.Storage.Blobs.BlobServiceClient? Service, IReadOnlyList<string> Problems) Open(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        return (StorageConnection.Open(reader, "CaxStorage"), reader.Problems);
    }
}

using System.Xml.Linq;

namespace CaxFunctions.Tests;

/// <summary>The app's project builds unchanged wherever the real packages restore.</summary>
public sealed class ProjectTests
{
    private static readonly XDocument Project = XDocument.Parse(Repository.Read("src/CaxFunctions/CaxFunctions.csproj"));

    [Fact]
    public void The_app_takes_the_blob_library_that_its_extension_asks_for()
    {
        var packages = Project.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value).ToList();

        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.Storage.Blobs", packages);
        Assert.DoesNotContain("Azure.Storage.Blobs", packages);
    }

    [Fact]
    public void Host_json_stands_beside_the_app() =>
        Assert.Equal(Repository.Read("host.json"), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));

    [Fact]
    public void Settings_of_a_developer_are_never_published()
    {
        var settings = Assert.Single(Project.Descendants("None"), item => item.Attribute("Link")?.Value == "local.settings.json");

        Assert.Equal("Never", settings.Attribute("CopyToPublishDirectory")?.Value);
    }
}

using System.Reflection;
using System.Text.RegularExpressions;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void The_core_knows_nothing_of_azure_and_nothing_of_the_other_projects()
    {
        var references = typeof(EventPipeline).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => name.StartsWith("Azure.", StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.Azure.", StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name.StartsWith("Cax.", StringComparison.Ordinal) || name is "cax");
    }

    [Fact]
    public void The_simulator_points_at_nothing_of_ours()
    {
        var project = Repository.Read("src/Cax.Simulator/Cax.Simulator.csproj");

        Assert.Contains("<Project", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cax.Core")]
    [InlineData("Cax.Storage", "Cax.Core")]
    [InlineData("Cax.Cli", "Cax.Core", "Cax.Simulator", "Cax.Storage")]
    [InlineData("CaxFunctions", "Cax.Core", "Cax.Storage")]
    public void Projects_point_where_the_house_says(string project, params string[] targets)
    {
        var text = Repository.Read($"src/{project}/{project}.csproj");

        Assert.Contains("<Project", text, StringComparison.Ordinal);
        Assert.Equal(
            targets,
            ProjectReference().Matches(text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_belongs_there_stands_at_the_top_level()
    {
        string[] permitted =
        [
            "src", "infra", "tests", "host.json", "local.settings.sample.json", "CaxFunctions.sln", "README.md", "global.json", "azure.yaml",
        ];

        // What a user puts there himself is not ours to judge.
        string[] untracked = ["local.settings.json", "dead-letters", "TestResults"];

        var found = Directory.GetFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith('.') && !untracked.Contains(name))
            .Where(name => !(name.StartsWith("Directory.", StringComparison.Ordinal) && (name.EndsWith(".props", StringComparison.Ordinal) || name.EndsWith(".targets", StringComparison.Ordinal))))
            .ToList();

        Assert.True(found.Count > 5);
        Assert.Empty(found.Except(permitted));
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        var core = Path.Combine(Repository.Root, "src", "Cax.Core");
        var files = Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(core, file).StartsWith("obj", StringComparison.Ordinal)
                && !Path.GetRelativePath(core, file).StartsWith("bin", StringComparison.Ordinal))
            .ToList();
        Assert.True(files.Count > 40);
        foreach (var file in files)
        {
            var folder = Path.GetDirectoryName(Path.GetRelativePath(core, file))!.Replace(Path.DirectorySeparatorChar, '.');
            var expected = folder.Length == 0 ? "namespace Cax.Core;" : $"namespace Cax.Core.{folder};";
            Assert.Contains(expected, File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_local_clock_no_bare_delay_and_no_ambient_chance_stand_in_the_core()
    {
        string[] banned = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Thread.Sleep", "new Random(", "Random.Shared"];
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Cax.Core"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            Assert.All(banned, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} uses {word}"));
        }
    }

    [Fact]
    public void Nothing_secret_prints_itself()
    {
        var key = new Cax.Core.Delivery.SourceKey("s3cret-key");
        var destination = new Cax.Core.Delivery.Destination("default", "29", key, new Uri("https://collect.example"));
        var url = new Cax.Core.Delivery.CollectUrl(destination, Cax.Core.Delivery.DeliveryMode.Batch);

        Assert.Equal("https://collect.example/events/batch?tc_s=29&token=***", url.ToString());
        Assert.DoesNotContain("s3cret-key", destination.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            typeof(Cax.Core.Delivery.SourceKey).GetProperties(BindingFlags.Public | BindingFlags.Instance), property => property.PropertyType == typeof(string));
    }

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/([A-Za-z.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}

using System.Reflection;
using System.Text.RegularExpressions;

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
        string[] untracked = ["local.settings.json", "dead-letters", "TestResults", "BenchmarkDotNet.Artifacts"];

        var found = Directory.GetFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith('.') && !untracked.Contains(name))
            .Where(name => !(name.StartsWith("Directory.", StringComparison.Ordinal) && (name.EndsWith(".props", StringComparison.Ordinal) || name.EndsWith(".targets", StringComparison.Ordinal))))
            .ToList();

        Assert.True(found.Count > 5);
        Assert.Empty(found.Except(permitted));
    }

    [Fact]
    public void The_product_knows_of_no_folder_of_packages()
    {
        string[] banned = ["CAX_PACKAGE_FOLDER", "RestoreSources", "RestoreAdditionalProjectSources", "RestoreConfigFile", "StandIn"];
        var files = Directory.GetFiles(Repository.Root, "Directory.*")
            .Concat(new[] { "*.csproj", "*.cs", "*.props", "*.targets" }
                .SelectMany(kind => Directory.GetFiles(Path.Combine(Repository.Root, "src"), kind, SearchOption.AllDirectories))
                .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")))
            .ToList();

        Assert.True(files.Count > 100);
        Assert.All(files, file => Assert.All(banned, word => Assert.False(File.ReadAllText(file).Contains(word, StringComparison.Ordinal), $"{file} names {word}")));

        // A lock file would pin what one feed happened to give; a configuration would choose the feed for everybody.
        var folders = new[] { Repository.Root }.Concat(new[] { "src", "tests" }.SelectMany(part => Directory.GetDirectories(Path.Combine(Repository.Root, part))));
        Assert.DoesNotContain(
            folders.SelectMany(Directory.GetFiles).Select(Path.GetFileName),
            name => name is "packages.lock.json" || string.Equals(name, "nuget.config", StringComparison.OrdinalIgnoreCase));
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

    // What a record is read from and written to knows nothing of profiles, and what runs a profile knows nothing of what reads its document.
    [Theory]
    [InlineData("Drafts")]
    [InlineData("Tape", "Drafts")]
    [InlineData("Normalising", "Drafts", "Identity")]
    [InlineData("Identity", "Drafts", "Normalising")]
    [InlineData("Messages", "Drafts", "Identity", "Normalising", "Payloads", "Tape")]
    [InlineData("Payloads", "Drafts", "Identity", "Normalising", "Tape")]
    [InlineData("Profiles.Targets")]
    [InlineData("Profiles.Paths", "Profiles.Plan", "Tape")]
    [InlineData("Profiles.Conditions", "Profiles.Operators", "Profiles.Plan", "Tape")]
    [InlineData("Profiles.Operators", "Drafts", "Identity", "Normalising", "Profiles.Conditions", "Profiles.Paths", "Profiles.Plan", "Tape")]
    [InlineData("Profiles.Plan", "Drafts", "Identity", "Normalising", "Profiles.Conditions", "Profiles.Operators", "Profiles.Paths", "Profiles.Targets", "Tape")]
    [InlineData("Profiles.Records", "Profiles.Conditions", "Profiles.Paths", "Profiles.Plan", "Tape")]
    public void A_room_of_mapping_knows_only_those_that_it_needs(string room, params string[] known)
    {
        var folder = Path.Combine(Repository.Root, "src", "Cax.Core", "Mapping", Path.Combine(room.Split('.')));
        var files = Directory.GetFiles(folder, "*.cs");
        Assert.NotEmpty(files);
        var used = files.SelectMany(file => MappingName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != room)
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(known, used);
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

    [GeneratedRegex(@"^using Cax\.Core\.Mapping\.([A-Za-z.]+);", RegexOptions.Multiline)]
    private static partial Regex MappingName();
}

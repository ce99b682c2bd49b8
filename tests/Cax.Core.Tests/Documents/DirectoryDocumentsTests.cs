using System.Diagnostics;
using System.Globalization;
using Cax.Core.Documents;

namespace Cax.Core.Tests.Documents;

public sealed class DirectoryDocumentsTests : DocumentStoreContract, IDisposable
{
    private const int CountsOfAnother = 100;
    private const string SharedDirectory = "CAX_TESTS_DOCUMENTS";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cax-documents-");

    protected override IDocumentStore Store => new DirectoryDocuments(Reports);

    protected override IDocumentStore Unreachable
    {
        get
        {
            var file = Path.Combine(_folder.FullName, "file");
            File.WriteAllText(file, "");
            return new DirectoryDocuments(Path.Combine(file, "in-it"));
        }
    }

    private string Reports => Path.Combine(_folder.FullName, "reports");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_document_is_a_file_of_its_name_and_nothing_else_lies_around()
    {
        await WriteAsync("shop/orders.csv/report.html", "<p>");

        Assert.Equal("<p>", await File.ReadAllTextAsync(Path.Combine(Reports, "shop", "orders.csv", "report.html")));
        Assert.Equal(["shop/orders.csv/report.html"], await NamesAsync(""));
        Assert.Empty(_folder.GetFiles("*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_a_person_put_there_is_a_document_too()
    {
        Directory.CreateDirectory(Path.Combine(Reports, "a"));
        await File.WriteAllTextAsync(Path.Combine(Reports, "a", "b"), "theirs");

        Assert.Equal("theirs", await TextAsync("a/b"));
        Assert.NotNull(await Store.TryWriteAsync("a/b", "ours"u8.ToArray(), (await Store.ReadAsync("a/b", CancellationToken.None))!.Tag, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_process_left_that_died_is_no_document_and_goes_after_a_day()
    {
        await WriteAsync("a", "1");
        var workshop = Path.Combine(Reports, ".cax");
        var (old, young) = (Path.Combine(workshop, "old.tmp"), Path.Combine(workshop, "young.tmp"));
        await File.WriteAllTextAsync(old, "half");
        await File.WriteAllTextAsync(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));

        await WriteAsync("a", "2");

        Assert.Equal(["a"], await NamesAsync(""));
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Fact]
    public async Task A_lock_that_is_held_is_waited_for()
    {
        await WriteAsync("a", "1");
        var held = new FileStream(Path.Combine(Reports, ".cax", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var writing = WriteAsync("a", "2");
        await Task.Delay(100);
        Assert.False(writing.IsCompleted);
        Assert.Equal("1", await TextAsync("a"));
        await held.DisposeAsync();
        await writing;

        Assert.Equal("2", await TextAsync("a"));
    }

    [Fact]
    public async Task Nothing_is_written_where_documents_are_prepared() =>
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(".cax/lock", "1"));

    [Fact]
    public async Task Several_processes_that_count_on_one_document_lose_no_count()
    {
        var others = Enumerable.Range(0, 3).Select(_ => StartAnother()).ToList();
        var ended = Task.WhenAll(others.Select(other => other.WaitForExitAsync()));
        var ours = 0;
        for (; !ended.IsCompleted; ours++)
        {
            await CountAsync(Store, "count", 1);
        }

        Assert.All(others, other => Assert.True(other.ExitCode == 0, other.StandardOutput.ReadToEnd()));
        Assert.Equal((3 * CountsOfAnother) + ours, int.Parse(await TextAsync("count"), CultureInfo.InvariantCulture));
    }

    /// <summary>What the other processes of the test above do.</summary>
    [Fact(Explicit = true)]
    public Task Counts_in_a_shared_directory() =>
        CountAsync(new DirectoryDocuments(Environment.GetEnvironmentVariable(SharedDirectory)!), "count", CountsOfAnother);

    private Process StartAnother()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "exec", typeof(DirectoryDocumentsTests).Assembly.Location, "-explicit", "only", "-method",
            $"{typeof(DirectoryDocumentsTests).FullName}.{nameof(Counts_in_a_shared_directory)}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[SharedDirectory] = Reports;
        return Process.Start(start)!;
    }
}

using Cax.Core.DeadLetters;

namespace Cax.Core.Tests.DeadLetters;

public sealed class DirectoryDeadLetterStoreTests : DeadLetterStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cax-dead-letters-");

    protected override IDeadLetterStore Store => new DirectoryDeadLetterStore(_folder.FullName);

    protected override IDeadLetterStore Unreachable
    {
        get
        {
            var file = Path.Combine(_folder.FullName, "file");
            File.WriteAllText(file, "");
            return new DirectoryDeadLetterStore(Path.Combine(file, "in-it"));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_letter_is_one_line_of_json_in_a_file_named_like_it()
    {
        await Store.Begin().WriteAsync([Letter("29/refused/2026/11/21/ee", "{}\n"u8.ToArray())], CancellationToken.None);

        var text = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/ee.json"));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd('\n').Split('\n'));
        Assert.Empty(_folder.GetFiles("*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_hides_no_other()
    {
        await Store.Begin().WriteAsync([Letter("29/refused/2026/11/21/be", "{}"u8.ToArray())], CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/bad.json"), "{\"version\":1}");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/new.json"), "{\"version\":2}");

        var all = await AllAsync();

        Assert.Equal([false, true, false], all.Select(stored => stored.Letter is not null));
        Assert.All(all.Where(stored => stored.Letter is null), stored => Assert.NotNull(stored.Problem));
    }

    [Fact]
    public async Task No_name_leads_out_of_the_folder()
    {
        await Assert.ThrowsAsync<IOException>(async () =>
            await Store.Begin().WriteAsync([Letter("x/../../outside", "{}"u8.ToArray())], CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_holds_no_letters()
    {
        var all = new DirectoryDeadLetterStore(Path.Combine(_folder.FullName, "nothing")).ReadAsync(CancellationToken.None);

        Assert.Equal(0, await all.CountAsync());
    }
}

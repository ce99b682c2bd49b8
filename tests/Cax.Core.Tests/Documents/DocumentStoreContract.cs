using System.Globalization;
using System.Text;
using Cax.Core.Documents;

namespace Cax.Core.Tests.Documents;

/// <summary>What every store of documents does.</summary>
public abstract class DocumentStoreContract
{
    /// <summary>Another instance over the same documents at each call.</summary>
    protected abstract IDocumentStore Store { get; }

    /// <summary>A store that cannot be written to.</summary>
    protected abstract IDocumentStore Unreachable { get; }

    [Fact]
    public async Task A_document_comes_back_exactly_as_it_was_written()
    {
        await WriteAsync("reports/shop/orders é €.csv/report.json", "{\"a\":\"é\"}");
        await Store.WriteAsync("bytes", new byte[] { 0xFF, 0x00, 0x0A }, CancellationToken.None);
        await WriteAsync("empty", "");

        Assert.Equal("{\"a\":\"é\"}", await TextAsync("reports/shop/orders é €.csv/report.json"));
        Assert.Equal(new byte[] { 0xFF, 0x00, 0x0A }, (await Store.ReadAsync("bytes", CancellationToken.None))!.Content.ToArray());
        Assert.Equal("", await TextAsync("empty"));
    }

    [Fact]
    public async Task What_was_never_written_is_not_there()
    {
        Assert.Null(await Store.ReadAsync("a/b", CancellationToken.None));
        Assert.Null(await Store.OpenAsync("a/b", CancellationToken.None));
        Assert.Empty(await NamesAsync(""));
        Assert.Empty(await NamesAsync("a/b"));
        await Store.DeleteAsync("a/b", CancellationToken.None);

        await WriteAsync("a/c", "1");

        Assert.Null(await Store.ReadAsync("a/b", CancellationToken.None));
        Assert.Null(await Store.OpenAsync("a/b", CancellationToken.None));
        await Store.DeleteAsync("a/b", CancellationToken.None);
    }

    [Fact]
    public async Task The_later_document_takes_the_place_of_the_earlier_one()
    {
        await WriteAsync("a", "a long first one");
        await WriteAsync("a", "second");

        Assert.Equal("second", await TextAsync("a"));
        Assert.Equal(["a"], await NamesAsync(""));
    }

    [Fact]
    public async Task A_large_document_is_streamed_both_ways()
    {
        var piece = new byte[100_000];
        Random.Shared.NextBytes(piece);

        await Store.WriteAsync(
            "large",
            async (stream, cancellation) =>
            {
                for (var i = 0; i < 120; i++)
                {
                    await stream.WriteAsync(piece, cancellation);
                }
            },
            CancellationToken.None);

        await using var back = (await Store.OpenAsync("large", CancellationToken.None))!;
        var buffer = new byte[piece.Length];
        for (var i = 0; i < 120; i++)
        {
            await back.ReadExactlyAsync(buffer);
            Assert.True(piece.AsSpan().SequenceEqual(buffer));
        }

        Assert.Equal(0, await back.ReadAsync(buffer));
        Assert.Equal(12_000_000, (await Store.ReadAsync("large", CancellationToken.None))!.Content.Length);
    }

    [Fact]
    public async Task A_document_that_is_replaced_while_it_is_read_is_never_a_mixture()
    {
        static byte[] Filled(byte with) => [.. Enumerable.Repeat(with, 9_000_000)];
        await Store.WriteAsync("a", Filled(1), CancellationToken.None);
        await using var first = (await Store.OpenAsync("a", CancellationToken.None))!;
        await first.ReadExactlyAsync(new byte[10]);

        await Store.WriteAsync("a", Filled(2), CancellationToken.None);

        using var rest = new MemoryStream();
        try
        {
            await first.CopyToAsync(rest);
            Assert.Equal(9_000_000 - 10, rest.Length);
        }
        catch (IOException e)
        {
            Assert.Contains("was changed or deleted while it was read", e.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain((byte)2, rest.ToArray());
    }

    [Fact]
    public async Task What_fails_while_it_is_written_leaves_the_earlier_document()
    {
        await WriteAsync("a", "first");

        foreach (var name in new[] { "a", "b" })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.WriteAsync(
                name,
                async (stream, cancellation) =>
                {
                    await stream.WriteAsync(new byte[6_000_000], cancellation);
                    throw new InvalidOperationException("something went wrong");
                },
                CancellationToken.None));
        }

        Assert.Equal("first", await TextAsync("a"));
        Assert.Equal(["a"], await NamesAsync(""));
    }

    [Fact]
    public async Task Only_the_version_that_was_meant_is_replaced()
    {
        var first = await TryWriteAsync("a", "1", null);
        Assert.NotNull(first);
        Assert.Null(await TryWriteAsync("a", "2", null));
        Assert.Equal("1", await TextAsync("a"));

        var second = await TryWriteAsync("a", "2", first);
        Assert.NotNull(second);
        Assert.Null(await TryWriteAsync("a", "3", first));
        Assert.Equal(second, (await Store.ReadAsync("a", CancellationToken.None))!.Tag);

        await WriteAsync("a", "4");
        Assert.Null(await TryWriteAsync("a", "5", second));
        Assert.Equal("4", await TextAsync("a"));

        var fourth = (await Store.ReadAsync("a", CancellationToken.None))!.Tag;
        await Store.DeleteAsync("a", CancellationToken.None);
        Assert.Null(await TryWriteAsync("a", "6", fourth));
        Assert.Null(await Store.ReadAsync("a", CancellationToken.None));
        Assert.NotNull(await TryWriteAsync("a", "7", null));
    }

    [Fact]
    public async Task The_same_content_written_again_is_another_version()
    {
        var tags = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            tags.Add((await TryWriteAsync("a", "same", tags.LastOrDefault()))!);
        }

        Assert.Equal(20, tags.Distinct().Count());
        Assert.Null(await TryWriteAsync("a", "same", tags[0]));
    }

    [Fact]
    public async Task Of_twenty_who_take_a_document_at_once_one_has_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = FormattableString.Invariant($"leases/{round}");
            var takers = await Task.WhenAll(Enumerable.Range(0, 20).Select(taker =>
                Task.Run(async () => (taker, tag: await TryWriteAsync(name, taker.ToString(CultureInfo.InvariantCulture), null)))));

            var (winner, _) = Assert.Single(takers, taker => taker.tag is not null);
            Assert.Equal(winner.ToString(CultureInfo.InvariantCulture), await TextAsync(name));
        }
    }

    [Fact]
    public async Task Many_who_count_on_one_document_lose_no_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CountAsync(Store, "count", 15))));

        Assert.Equal("120", await TextAsync("count"));
    }

    [Fact]
    public async Task Names_come_in_ordinal_order_and_only_those_that_begin_so()
    {
        string[] names = ["B", "a-b/1", "a.b", "a/2", "a/B/3", "a/b.c", "a/b/3", "a0", "ab"];
        foreach (var name in names.Reverse())
        {
            await WriteAsync(name, name);
        }

        Assert.Equal(names, await NamesAsync(""));
        Assert.Equal(["a/2", "a/B/3", "a/b.c", "a/b/3"], await NamesAsync("a/"));
        Assert.Equal(["a/b.c", "a/b/3"], await NamesAsync("a/b"));
        Assert.Equal(["a/b/3"], await NamesAsync("a/b/"));
        Assert.Equal(["a-b/1"], await NamesAsync("a-b"));
        Assert.Empty(await NamesAsync("a/c"));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_and_no_other()
    {
        await WriteAsync("a/b/1", "1");
        await WriteAsync("a/b/2", "2");

        await Store.DeleteAsync("a/b/1", CancellationToken.None);

        Assert.Equal(["a/b/2"], await NamesAsync(""));
        await Store.DeleteAsync("a/b/2", CancellationToken.None);
        Assert.Empty(await NamesAsync(""));
        await WriteAsync("a/b/3", "3");
        Assert.Equal(["a/b/3"], await NamesAsync("a/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData("..\\a")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task No_name_leads_out_of_the_store(string name)
    {
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(name, "1"));
        await Assert.ThrowsAsync<IOException>(() => TryWriteAsync(name, "1", null));
        await Assert.ThrowsAsync<IOException>(() => Store.ReadAsync(name, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<IOException>(() => Store.OpenAsync(name, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<IOException>(() => Store.DeleteAsync(name, CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("/")]
    public async Task No_beginning_of_names_leads_out_of_the_store(string prefix) =>
        await Assert.ThrowsAsync<IOException>(() => NamesAsync(prefix));

    [Fact]
    public async Task What_cannot_be_written_to_is_an_io_exception()
    {
        await Assert.ThrowsAnyAsync<IOException>(async () => await Unreachable.WriteAsync("a", new byte[1], CancellationToken.None));
        await Assert.ThrowsAnyAsync<IOException>(async () => await Unreachable.WriteAsync("a", (_, _) => Task.CompletedTask, CancellationToken.None));
        await Assert.ThrowsAnyAsync<IOException>(async () => await Unreachable.TryWriteAsync("a", new byte[1], null, CancellationToken.None));
    }

    [Fact]
    public async Task An_interruption_is_no_failure_of_the_store()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.WriteAsync("a", new byte[1], interrupted.Token));
        Assert.Empty(await NamesAsync(""));
    }

    /// <summary>Adds so many to the number in a document.</summary>
    protected static async Task CountAsync(IDocumentStore store, string name, int by)
    {
        for (var added = 0; added < by;)
        {
            var now = await store.ReadAsync(name, CancellationToken.None);
            var count = now is null ? 0 : int.Parse(Encoding.UTF8.GetString(now.Content.Span), CultureInfo.InvariantCulture);
            var next = Encoding.UTF8.GetBytes((count + 1).ToString(CultureInfo.InvariantCulture));
            added += await store.TryWriteAsync(name, next, now?.Tag, CancellationToken.None) is null ? 0 : 1;
        }
    }

    protected async Task<string> TextAsync(string name) => Encoding.UTF8.GetString((await Store.ReadAsync(name, CancellationToken.None))!.Content.Span);

    protected Task WriteAsync(string name, string text) => Store.WriteAsync(name, Encoding.UTF8.GetBytes(text), CancellationToken.None).AsTask();

    protected Task<List<string>> NamesAsync(string prefix) => Store.ListAsync(prefix, CancellationToken.None).ToListAsync().AsTask();

    private Task<string?> TryWriteAsync(string name, string text, string? tag) =>
        Store.TryWriteAsync(name, Encoding.UTF8.GetBytes(text), tag, CancellationToken.None).AsTask();
}

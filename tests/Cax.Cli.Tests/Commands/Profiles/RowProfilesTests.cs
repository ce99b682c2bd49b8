using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cax.Cli.Tests.Support;

namespace Cax.Cli.Tests.Commands.Profiles;

/// <summary>Profiles of rows: drafted from a file, explained, listed.</summary>
public sealed class RowProfilesTests : IDisposable
{
    private static readonly JsonSerializerOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Folder _folder = new();

    [Fact]
    public async Task A_file_of_order_lines_is_drafted_as_it_is_written()
    {
        var draft = await DraftAsync(
            "Commande;Date commande;ID client;Courriel;Réf produit;Produit;Quantité;Prix unitaire",
            "C1;14/03/2026 10:21;7;zoe@example.com;A1;Théière;1;12,50 €",
            "C1;14/03/2026 10:21;7;zoe@example.com;A2;Thé;2;1.250,00 €",
            "C2;02/03/2026 09:00;8;max@example.com;A2;Thé;-1;3,00 €");

        var profile = draft.Json;
        Assert.Equal("""{"delimiter":";","groupBy":["Commande"]}""", Compact(profile.GetProperty("input").GetProperty("csv")));
        var events = profile.GetProperty("events");
        Assert.Equal(["purchase", "refund"], events.EnumerateArray().Select(one => one.GetProperty("event").GetString()));
        Assert.Equal("d/M/yyyy H:mm", events[0].GetProperty("time").GetProperty("format").GetString());
        var set = events[0].GetProperty("set");
        Assert.Equal("""{"decimal":"@['Prix unitaire']","mark":",","group":".","strip":"€"}""", Compact(set.GetProperty("items").GetProperty("set").GetProperty("product.price")));
        Assert.Equal("$.rows[0].Courriel", set.GetProperty("user.email").GetString());
        Assert.DoesNotContain("Théière", draft.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe@", draft.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_UTF_8_is_drafted_with_an_encoding_that_is_noted()
    {
        await File.WriteAllBytesAsync(
            _folder.In("rows.csv"), Encoding.Latin1.GetBytes("id,email,createdAt,ville\nL1,ines@example.com,2026-01-02T03:04:05Z,Orléans\n"), TestContext.Current.CancellationToken);

        var draft = await new Terminal().RunAsync("profiles", "new", "--from", _folder.In("rows.csv"));

        Assert.Equal(ExitCode.Done, draft.Exit);
        Assert.Equal("windows-1252", draft.Json.GetProperty("input").GetProperty("csv").GetProperty("encoding").GetString());
        Assert.Contains("windows-1252", draft.Json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("generate_lead", draft.Json.GetProperty("events")[0].GetProperty("event").GetString());
    }

    [Fact]
    public async Task What_all_values_of_a_column_leave_open_is_asked_and_not_guessed()
    {
        var draft = await DraftAsync("order id;date;currency;email;total", "1;01/02/2026;EUR;ann@example.com;1,234", "2;03/04/2026;EUR;bob@example.com;5,678");

        Assert.Equal(ExitCode.Parked, draft.Exit);
        Assert.Contains("Fill in: the format of date: d/M/yyyy or M/d/yyyy.", draft.Error, StringComparison.Ordinal);
        Assert.Contains("Fill in: the default of the parameter decimalMark: all values of total", draft.Error, StringComparison.Ordinal);
        Assert.Equal("""{"decimal":"$.total","mark":{"parameter":"decimalMark"}}""", Compact(draft.Json.GetProperty("events")[0].GetProperty("set").GetProperty("value")));
    }

    [Fact]
    public async Task A_column_that_shows_its_mark_decides_for_one_that_does_not()
    {
        var draft = await DraftAsync("order id;date;currency;email;total;shipping", "1;13/02/2026;EUR;ann@example.com;1,234;4,90", "2;03/04/2026;EUR;bob@example.com;5,678;0");

        Assert.Equal("""{"decimal":"$.total","mark":","}""", Compact(draft.Json.GetProperty("events")[0].GetProperty("set").GetProperty("value")));
        Assert.Equal("d/M/yyyy", draft.Json.GetProperty("events")[0].GetProperty("time").GetProperty("format").GetString());
    }

    [Fact]
    public async Task Notes_above_the_header_are_skipped()
    {
        var draft = await DraftAsync("Export of the shop", "made on Monday", "lead id,email,created at", "L1,ann@example.com,2026-01-02T03:04:05Z", "L2,bob@example.com,2026-01-02T03:04:06Z");

        Assert.Equal(2, draft.Json.GetProperty("input").GetProperty("csv").GetProperty("skipLines").GetInt32());
        Assert.Equal("$['lead id']", draft.Json.GetProperty("events")[0].GetProperty("set").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Rows_of_one_order_that_do_not_stand_together_are_told()
    {
        var draft = await DraftAsync("order id,date,currency,email,sku,name,qty,price", "1,2026-01-02,EUR,a@example.com,x,X,1,2.50", "2,2026-01-02,EUR,b@example.com,x,X,1,2.50", "1,2026-01-02,EUR,a@example.com,y,Y,1,2.50");

        Assert.Contains(draft.Json.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("Sort the file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_header_that_a_built_in_profile_knows_is_told()
    {
        var draft = await DraftAsync("lead_id,created_at,customer_email", "L1,2026-01-02T03:04:05Z,ann@example.com");

        Assert.Contains("the profile leads-csv knows this header", draft.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one,two")]
    [InlineData("just a line of text\nand another")]
    public async Task What_holds_no_rows_is_exit_2(string text)
    {
        var result = await new Terminal { Input = Terminal.Typed(text) }.RunAsync("profiles", "new", "--from", "-");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Empty(result.Out);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task A_draft_of_rows_maps_the_file_it_was_made_of()
    {
        var file = _folder.File("sales.csv", "order id,created at,currency,customer id,sku,name,qty,unit price", "1,2026-01-02T03:04:05Z,EUR,7,x,X,3,2.50", "1,2026-01-02T03:04:05Z,EUR,7,y,Y,1,0.999");
        var draft = await new Terminal().RunAsync("profiles", "new", "--from", file, "--name", "sales");

        var explained = await new Terminal().RunAsync("profiles", "explain", _folder.File("sales.profile.json", draft.Out), "--input", file, "--json");

        var made = explained.Json.GetProperty("records")[0].GetProperty("events")[0];
        Assert.Equal(("8.50", 2), (made.GetProperty("revenue").GetRawText(), made.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task Explain_tells_of_a_bad_row_where_it_is_and_of_a_line_without_record()
    {
        var file = _folder.File("leads.csv", "lead_id,created_at,customer_email", "L1,2026-01-02T03:04:05Z,ann@example.com", "L2,2026-01-02T03:04:05Z", "L3,2026-01-02T03:04:05Z,\"bob@example.com\"");

        var bad = await ExplainAsync(file, 3);
        var good = await ExplainAsync(file, 4);
        var none = await ExplainAsync(file, 1);

        Assert.Equal((ExitCode.Parked, ""), (bad.Exit, bad.Out));
        Assert.Contains("malformed_row: line 3", bad.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, good.Exit);
        Assert.Contains("\"L3\"", good.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Usage, ""), (none.Exit, none.Out));
    }

    [Fact]
    public async Task Explain_finds_a_line_of_NDJSON_too()
    {
        var file = _folder.File("leads.ndjson", """{"email":"ann@example.com","created_at":"2026-01-02T03:04:05Z","id":"L1"}""", """{"email":"bob@example.com","created_at":"2026-01-02T03:04:05Z","id":"L2"}""");

        var result = await new Terminal().RunAsync("profiles", "explain", "generic-lead", "--input", file, "--line", "2");

        Assert.Contains("\"L2\"", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_which_profiles_are_of_rows()
    {
        var text = await new Terminal().RunAsync("profiles", "list");
        var json = await new Terminal().RunAsync("profiles", "list", "--json");

        Assert.Contains("recognised by the header", text.Out, StringComparison.Ordinal);
        Assert.Equal(
            ("csv", "json"),
            (Input("shopify-csv"), Input("shopify")));

        string? Input(string name) => json.Json.GetProperty("profiles").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name).GetProperty("input").GetString();
    }

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> DraftAsync(params string[] lines) => new Terminal().RunAsync("profiles", "new", "--from", _folder.File("rows.csv", lines));

    private static Task<CliResult> ExplainAsync(string file, int line) =>
        new Terminal().RunAsync("profiles", "explain", "leads-csv", "--input", file, "--line", $"{line}");

    private static string Compact(JsonElement json) => JsonNode.Parse(json.GetRawText())!.ToJsonString(Letters);
}

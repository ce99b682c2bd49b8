using System.Text.Json;
using System.Text.Json.Nodes;
using Cax.Cli.Tests.Support;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Tests.Commands.Profiles;

public sealed class ProfilesTests : IDisposable
{
    private const string Profile = """
        {
          "profile": "tea-house", "version": 1, "title": "Orders of the tea house",
          "parameters": { "zone": { "description": "Where the tea house is", "default": "UTC" } },
          "skip": [ { "rule": "draft", "when": { "value": "$.state", "equals": "draft" }, "note": "not yet an order" } ],
          "events": [
            {
              "event": "purchase", "when": { "present": "$.teas" },
              "time": { "timestamp": "$.at", "zone": { "parameter": "zone" } },
              "set": {
                "id": { "first": [ "$.number", "$.no" ] }, "currency": "$.currency", "value": "$.total", "revenue": "$.net", "payment_method": { "constant": "cod" },
                "user.email": "$.mail", "coupon": { "property": "voucher" },
                "items": { "each": "$.teas[]", "set": { "id": "@.sku", "quantity": "@.count", "product.id": "@.sku", "product.name": "@.name", "product.price": "@.price" } }
              }
            },
            { "event": "sign_up", "when": { "present": "$.card" }, "time": { "timestamp": "$.at" }, "set": { "user.email": "$.mail" } }
          ]
        }
        """;

    private const string Order = """
        {"no": 7, "at": "2026-02-03T10:00:00", "currency": "EUR", "total": 12.00, "net": "10.00", "mail": "ann@example.com", "teas": [{"sku": "G1", "count": 2, "name": "Green", "price": 5}]}
        """;

    private readonly Folder _folder = new();

    [Fact]
    public async Task The_list_names_each_profile_with_its_events_and_parameters()
    {
        _folder.File("tea-house.profile.json", Profile);

        var text = await new Terminal().RunAsync("profiles", "list", "--profiles", _folder.Path);
        var json = await new Terminal().RunAsync("profiles", "list", "--profiles", _folder.Path, "--json");

        Assert.Equal(ExitCode.Done, text.Exit);
        Assert.All(ProfileCatalog.BuiltIn.Names, name => Assert.Contains(name, text.Out, StringComparison.Ordinal));
        Assert.Contains("parameters zone (UTC)", text.Out, StringComparison.Ordinal);
        var mine = json.Json.GetProperty("profiles").EnumerateArray().Single(profile => profile.GetProperty("name").GetString() == "tea-house");
        Assert.Equal(
            (false, false, "purchase", "zone"),
            (mine.GetProperty("builtIn").GetBoolean(), mine.GetProperty("recognised").GetBoolean(), mine.GetProperty("events")[0].GetString(), mine.GetProperty("parameters")[0].GetProperty("name").GetString()));
        Assert.Equal(ProfileCatalog.BuiltIn.Names.Count + 1, json.Json.GetProperty("profiles").GetArrayLength());
    }

    [Fact]
    public async Task A_profile_of_ones_own_with_mistakes_is_told_by_the_list()
    {
        _folder.File("tea-house.profile.json", Profile.Replace("\"$.currency\"", "\"EUR\"", StringComparison.Ordinal));

        var result = await new Terminal().RunAsync("profiles", "list", "--profiles", _folder.Path);

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("$.events[0].set.currency", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tea-house", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_prints_a_profile_that_check_takes()
    {
        var shown = await new Terminal().RunAsync("profiles", "show", "shopify");

        var result = await new Terminal().RunAsync("profiles", "check", _folder.File("mine.profile.json", shown.Out));

        Assert.Equal((ExitCode.Done, "profiles 1, mistakes 0"), (result.Exit, result.Out.Trim()));
    }

    [Fact]
    public async Task Show_prints_the_schema()
    {
        var result = await new Terminal().RunAsync("profiles", "show", "--schema");

        Assert.Equal("urn:cax-connector:profile:v1", result.Json.GetProperty("$id").GetString());
    }

    [Theory]
    [InlineData("show", "nothing-of-the-kind")]
    [InlineData("show")]
    [InlineData("show", "shopify", "--schema")]
    [InlineData("check")]
    [InlineData("check", "no-such-file.json")]
    [InlineData("list", "--profiles", "no-such-directory")]
    [InlineData("test", "--accept")]
    [InlineData("test", "no-such.cases.json")]
    [InlineData("explain", "shopify")]
    [InlineData("explain", "nothing-of-the-kind", "--input", "-")]
    [InlineData("explain", "shopify", "--input", "-", "--property", "topic")]
    [InlineData("new")]
    [InlineData("new", "--from", "no-such-file.json")]
    [InlineData("nwe")]
    [InlineData]
    public async Task What_makes_no_sense_is_exit_2_with_nothing_on_standard_output(params string[] args)
    {
        var result = await new Terminal { Input = Terminal.Typed("{}") }.RunAsync(["profiles", .. args]);

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Empty(result.Out);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task Check_tells_all_mistakes_with_path_and_suggestion()
    {
        var file = _folder.File(
            "tea-house.profile.json",
            Profile.Replace("\"$.currency\"", "\"EUR\"", StringComparison.Ordinal).Replace("\"coupon\"", "\"cuopon\"", StringComparison.Ordinal));

        var text = await new Terminal().RunAsync("profiles", "check", file);
        var json = await new Terminal().RunAsync("profiles", "check", _folder.Path, "--json");

        Assert.Equal(ExitCode.Parked, text.Exit);
        Assert.Contains($"{file}: mistake $.events[0].set.cuopon ", text.Out, StringComparison.Ordinal);
        Assert.Contains("; perhaps coupon\n", text.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("profiles 1, mistakes 2", text.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Parked, json.Exit);
        Assert.Equal(["{\"constant\": \"EUR\"} or \"$.EUR\"", "coupon"], json.Json.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("suggestion").GetString()));
    }

    [Fact]
    public async Task Explain_tells_of_each_property_where_it_comes_from_and_what_was_looked_at_in_vain()
    {
        var profile = _folder.File("tea-house.profile.json", Profile);
        var order = _folder.File("order.json", Order);

        var text = await new Terminal().RunAsync("profiles", "explain", profile, "--input", order);
        var json = await new Terminal().RunAsync("profiles", "explain", profile, "--input", order, "--property", "Voucher=TEA10", "--parameter", "zone=Asia/Tokyo", "--json");

        Assert.Equal(ExitCode.Done, text.Exit);
        Assert.StartsWith("mapped by the profile tea-house: purchase", text.Out, StringComparison.Ordinal);
        Assert.Contains("sign_up: the condition of this event does not hold", text.Out, StringComparison.Ordinal);
        Assert.Contains("\"event_name\": \"purchase\"", text.Out, StringComparison.Ordinal);
        var record = json.Json.GetProperty("records")[0];
        var targets = record.GetProperty("considered")[0].GetProperty("targets").EnumerateArray().ToDictionary(target => target.GetProperty("target").GetString()!);
        Assert.Equal("\"7\"", targets["id"].GetProperty("value").GetString());
        Assert.Equal("$.no", targets["id"].GetProperty("from")[0].GetString());
        Assert.Equal("$.number", targets["id"].GetProperty("missed")[0].GetString());
        Assert.Equal("\"TEA10\"", targets["coupon"].GetProperty("value").GetString());
        Assert.Equal("@.name", targets["items[0].product.name"].GetProperty("from")[0].GetString());
        Assert.Equal(1770080400000, record.GetProperty("events")[0].GetProperty("context").GetProperty("event_timestamp").GetInt64());
        Assert.Equal("consent_unknown", record.GetProperty("findings").EnumerateArray().First().GetProperty("code").GetString());
    }

    [Fact]
    public async Task Explain_tells_what_is_required_and_missing()
    {
        var profile = _folder.File("tea-house.profile.json", Profile);
        var order = _folder.File("order.json", Order.Replace("\"total\"", "\"sum\"", StringComparison.Ordinal));

        var text = await new Terminal().RunAsync("profiles", "explain", profile, "--input", order);
        var json = await new Terminal().RunAsync("profiles", "explain", profile, "--input", order, "--json");

        Assert.Equal(ExitCode.Parked, text.Exit);
        Assert.Contains("parked as incomplete_record", text.Out, StringComparison.Ordinal);
        Assert.Contains("Required by CAX, and nothing gave it:", text.Out, StringComparison.Ordinal);
        var record = json.Json.GetProperty("records")[0];
        Assert.Equal(("parked", "$.value"), (record.GetProperty("result").GetString(), record.GetProperty("missing")[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Explain_tells_the_rule_that_skips_a_record()
    {
        _folder.File("tea-house.profile.json", Profile);

        var result = await new Terminal { Input = Terminal.Typed("{\"state\": \"draft\"}\n{\"state\": \"second\"}\n") }.RunAsync(
            "profiles", "explain", "tea-house", "--profiles", _folder.Path, "--input", "-");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal("skipped by the rule draft (looked at $.state): not yet an order", result.Out.Trim());
    }

    [Fact]
    public async Task Explain_follows_the_settings_about_consent_when_there_are_any()
    {
        var result = await new Terminal { ["Cax__Consent__Policy"] = "require" }.RunAsync(
            "profiles", "explain", _folder.File("tea-house.profile.json", Profile), "--input", _folder.File("order.json", Order));

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Contains("consent_unknown", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_with_mistakes_explains_nothing()
    {
        var profile = _folder.File("tea-house.profile.json", Profile.Replace("\"$.currency\"", "\"EUR\"", StringComparison.Ordinal));

        var result = await new Terminal().RunAsync("profiles", "explain", profile, "--input", _folder.File("order.json", Order));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("$.events[0].set.currency", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task The_cases_of_the_built_in_profiles_pass()
    {
        var result = await new Terminal().RunAsync("profiles", "test");

        Assert.True(result.Exit == ExitCode.Done, result.Out);
        Assert.Contains(", failed 0", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_fails_shows_the_difference_and_can_be_accepted()
    {
        _folder.File("tea-house.profile.json", Profile);
        var file = _folder.File(
            "tea-house.cases.json",
            $$"""{"profile": "tea-house", "cases": [{"name": "a draft", "input": {"state": "draft"}, "expect": {"skipped": "daft"} }, {"name": "an order", "input": {{Order.Trim()}} } ] }""");

        var failed = await new Terminal().RunAsync("profiles", "test", file);
        var asJson = await new Terminal().RunAsync("profiles", "test", _folder.Path, "--json");
        var accepted = await new Terminal().RunAsync("profiles", "test", file, "--accept");
        var again = await new Terminal().RunAsync("profiles", "test", file);

        Assert.Equal(ExitCode.Parked, failed.Exit);
        Assert.Contains("failed    tea-house: a draft", failed.Out, StringComparison.Ordinal);
        Assert.Contains("$.skipped: expected \"daft\", got \"draft\"", failed.Out, StringComparison.Ordinal);
        Assert.Contains("cases 2, failed 2", failed.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Parked, 2), (asJson.Exit, asJson.Json.GetProperty("failed").GetArrayLength()));
        Assert.Equal("a draft", asJson.Json.GetProperty("failed")[0].GetProperty("case").GetString());
        Assert.Equal(ExitCode.Done, accepted.Exit);
        Assert.Contains("cases 2, accepted 2", accepted.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, again.Exit);
        Assert.Contains("cases 2, failed 0", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_of_a_profile_with_mistakes_do_not_run()
    {
        _folder.File("tea-house.profile.json", Profile.Replace("\"$.currency\"", "\"EUR\"", StringComparison.Ordinal));

        var result = await new Terminal().RunAsync("profiles", "test", _folder.File("tea-house.cases.json", """{"profile": "tea-house", "cases": [{"name": "a", "input": {}}]}"""));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("$.events[0].set.currency", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_of_an_order_maps_it()
    {
        var sample = _folder.File("order.json", """
            {"order": {"orderNumber": "T-100", "orderDate": "03.02.2026 10:11", "Order Currency": "EUR", "total": "1.234,50", "totalTax": 10.5, "shippingCost": 5,
             "customer": {"id": 7, "email": "ann@example.com", "firstName": "Ann"}, "payment": {"method": "card"},
             "positions": [{"sku": "G1", "qty": 2, "title": "Green tea", "unitPrice": "10,00"}]}}
            """.ReplaceLineEndings(""));

        var draft = await new Terminal().RunAsync("profiles", "new", "--from", sample, "--name", "tea-house");
        var explained = await new Terminal().RunAsync(
            "profiles", "explain", _folder.File("tea-house.profile.json", draft.Out), "--input", sample, "--parameter", "timeZone=Europe/Paris", "--json");

        Assert.Equal((ExitCode.Done, ""), (draft.Exit, draft.Error));
        Assert.DoesNotContain("ann@example.com", draft.Out, StringComparison.Ordinal);
        var made = explained.Json.GetProperty("records")[0].GetProperty("events")[0];
        Assert.Equal("T-100", made.GetProperty("id").GetString());
        Assert.Equal(1234.50m, made.GetProperty("value").GetDecimal());
        Assert.Equal(1219.00m, made.GetProperty("revenue").GetDecimal());
        Assert.Equal(1770109860000, made.GetProperty("context").GetProperty("event_timestamp").GetInt64());
        Assert.Equal("Green tea", made.GetProperty("items")[0].GetProperty("product").GetProperty("name").GetString());
        Assert.Equal("7", made.GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_draft_of_a_lead_maps_it()
    {
        var sample = _folder.File("leads.ndjson", """{"id": 5, "submitted_at": 1770000000, "Work Email": "ann@example.com", "phone": "+33123456789"}""", "{\"id\": 6}");

        var draft = await new Terminal { Input = Terminal.Typed(File.ReadAllText(sample)) }.RunAsync("profiles", "new", "--from", "-");

        Assert.Equal(ExitCode.Done, draft.Exit);
        var made = JsonNode.Parse(draft.Out)!["events"]![0]!;
        Assert.Equal("generate_lead", made["event"]!.GetValue<string>());
        Assert.Equal("seconds", made["time"]!["format"]!.GetValue<string>());
        Assert.Equal("$['Work Email']", made["set"]!["user.email"]!.GetValue<string>());
        Assert.Equal("my-profile", JsonNode.Parse(draft.Out)!["profile"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"total": "1,234", "date": "03/02/2026", "lines": [{"price": 5, "quantity": 1}]}""", "value", "id", "currency", "time", "payment_method", "user.id, user.email or user.phone", "product.name of the items")]
    [InlineData("""{"orders": [{"id": 1, "total": 5, "created_at": "2026-02-03T10:00:00Z", "email": "ann@example.com"}]}""", "items", "currency", "revenue")]
    public async Task What_a_draft_could_not_find_it_says(string sample, params string[] missing)
    {
        var result = await new Terminal().RunAsync("profiles", "new", "--from", _folder.File("sample.json", sample));

        Assert.Equal(ExitCode.Parked, result.Exit);
        var notes = JsonDocument.Parse(result.Out).RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).ToList();
        Assert.All(missing, target => Assert.Contains(notes, note => note.StartsWith($"Fill in: {target}", StringComparison.Ordinal)));
        Assert.NotEmpty(result.Error);
    }

    [Theory]
    [InlineData("""{"to'tal": 5, "": {"": "", "E-Mail": "ann@example.com"}, "it\u00e9ms": [[]], "items": [null], "lines": [{}], "date": "", "id": true}""")]
    [InlineData("""{"order": {}}""")]
    [InlineData("""{"orders": [{"total": null}]}""")]
    [InlineData("[[{\"email\": \"ann@example.com\", \"date\": 1e400}]]")]
    public async Task A_draft_of_an_odd_sample_lacks_something_and_nothing_worse(string sample)
    {
        var result = await new Terminal().RunAsync("profiles", "new", "--from", _folder.File("sample.json", sample));

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.All(result.Error.Trim().Split('\n'), line => Assert.Matches("needs|empty object", line));
    }

    [Theory]
    [InlineData("{\"a\": \"\\ud800\"}")]
    [InlineData("{\"a\\ud800\": 1}")]
    [InlineData("{\"a\"")]
    [InlineData("")]
    public async Task What_is_no_json_gives_no_draft(string sample)
    {
        var result = await new Terminal { Input = Terminal.Typed(sample) }.RunAsync("profiles", "new", "--from", "-");

        Assert.Equal((ExitCode.Usage, ""), (result.Exit, result.Out));
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task A_sample_without_an_object_gives_no_draft()
    {
        var result = await new Terminal().RunAsync("profiles", "new", "--from", _folder.File("sample.json", "[5]"));

        Assert.Equal((ExitCode.Usage, ""), (result.Exit, result.Out));
    }

    [Theory]
    [InlineData("profiles", "--help")]
    [InlineData("profiles", "list", "--help")]
    [InlineData("profiles", "show", "--help")]
    [InlineData("profiles", "check", "--help")]
    [InlineData("profiles", "explain", "--help")]
    [InlineData("profiles", "new", "--help")]
    [InlineData("profiles", "test", "--help")]
    public async Task Help_lists_the_exit_codes(params string[] args)
    {
        var result = await new Terminal().RunAsync(args);

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("Exit codes", result.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

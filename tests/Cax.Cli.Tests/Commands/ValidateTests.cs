using Cax.Cli.Tests.Support;

namespace Cax.Cli.Tests.Commands;

public sealed class ValidateTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task An_input_that_cannot_be_read_is_told_and_the_others_are_validated()
    {
        var file = _folder.File("a.ndjson", Messages.Lead("1"));

        var result = await new Terminal { Input = new UnreadableInput() }.RunAsync("validate", "-", file);

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("the disk is gone", result.Error, StringComparison.Ordinal);
        Assert.Contains("records 1, events 1", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_strict_mode_what_mapping_notices_is_an_error_too()
    {
        var file = _folder.File("a.ndjson", Messages.Event("1").Replace("\"event_timestamp\":", "\"event_timestamp\":\"", StringComparison.Ordinal).Replace("}}", "\"}}", StringComparison.Ordinal));

        var result = await new Terminal().RunAsync("validate", "--strict", file);

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Contains("error CAX012", result.Out, StringComparison.Ordinal);
        Assert.Contains("errors 1, warnings 0", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_comma_is_shown_by_line_and_column()
    {
        const string brace = "}";
        var file = _folder.File("a.ndjson", Messages.Lead("1"), """{"type":"lead.created" "version":1}""", Messages.Lead("2"));

        var result = await new Terminal().RunAsync("validate", file);

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Equal(
            $"""
            {file}:2:24: error malformed_json: expected a comma or {brace}
            records 3, events 2, errors 1, warnings 0

            """.ReplaceLineEndings("\n"),
            result.Out.ReplaceLineEndings("\n"));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_break_inside_a_document_is_shown_where_it_is()
    {
        var file = _folder.File("a.json", "[", "  " + Messages.Event("1") + ",", "  {\"event_name\" \"sign_up\"}", "]");

        var result = await new Terminal().RunAsync("validate", file);

        Assert.Contains($"{file}:3:17: error malformed_json: expected a colon", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_name_rule_and_path_of_the_event_that_was_made()
    {
        var lead = Messages.Lead("1").Replace("\"method\":\"form\",", "\"value\":-5,\"currency\":\"EUR\",", StringComparison.Ordinal);
        var file = _folder.File("a.ndjson", lead, Messages.Event("1", user: "").Replace("\"a\"", "\"\"", StringComparison.Ordinal));

        var result = await new Terminal().RunAsync("validate", file);

        Assert.Contains($"{file}:1:1: error CAX034 $.value: ", result.Out, StringComparison.Ordinal);
        Assert.Contains("[in the generate_lead event made of it]", result.Out, StringComparison.Ordinal);
        Assert.Contains($"{file}:2:1: error CAX021 $.user.consistent_anonymous_id: ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeated_id_in_a_request_body_is_an_error(bool oneLine)
    {
        string[] lines = ["{\"batch\":[", Messages.Event("e1") + ",", Messages.Event("e2") + ",", Messages.Event("e1"), "]}"];
        var file = _folder.File("a.json", oneLine ? [string.Concat(lines)] : lines);

        var result = await new Terminal().RunAsync("validate", file);

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Contains("error CAX063 $.context.event_id: event_id is that of the event at line ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_id_in_two_request_bodies_is_none()
    {
        var body = "{\"batch\":[" + Messages.Event("e1") + "]}";

        var result = await new Terminal().RunAsync("validate", _folder.File("a.ndjson", body, body));

        Assert.Equal((ExitCode.Done, "records 2, events 2, errors 0, warnings 0"), (result.Exit, result.Out.Trim()));
    }

    [Fact]
    public async Task A_warning_is_an_error_only_when_strict()
    {
        var file = _folder.File("a.ndjson", Messages.Event("1", user: ""));

        var result = await new Terminal().RunAsync("validate", file);
        var strict = await new Terminal().RunAsync("validate", file, "--strict");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("warning CAX022", result.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Parked, strict.Exit);
    }

    [Fact]
    public async Task Absent_consent_follows_the_policy_of_the_settings()
    {
        var file = _folder.File("a.ndjson", Messages.Lead("1", consent: false));

        var require = await new Terminal().RunAsync("validate", file);
        var omit = await new Terminal { ["Cax__Consent__Policy"] = "omit" }.RunAsync("validate", file);

        Assert.Equal(ExitCode.Parked, require.Exit);
        Assert.Contains("error consent_unknown $.consent.categories: ", require.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, omit.Exit);
        Assert.Contains("warning consent_unknown", omit.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_object_holds_all_findings()
    {
        var file = _folder.File("a.ndjson", "{", Messages.Event("1", user: ""));

        var result = await new Terminal().RunAsync("validate", file, "--json");

        var findings = result.Json.GetProperty("findings");
        Assert.Equal(["findings", "records", "events", "errors", "warnings"], result.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["file", "line", "column", "severity", "code", "path", "message"], findings[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("malformed_json", findings[0].GetProperty("code").GetString());
        Assert.Equal(findings.GetArrayLength(), result.Number("errors") + result.Number("warnings"));
    }

    [Fact]
    public async Task A_name_in_a_record_cannot_steer_the_terminal()
    {
        var made = Messages.Event("1").Replace("[\"1\"]", "[1]", StringComparison.Ordinal).Replace("sign_up", "\\u001b[31mx", StringComparison.Ordinal);

        var result = await new Terminal().RunAsync("validate", _folder.File("a.ndjson", made));

        Assert.Contains("[in the ?[31mx event made of it]", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Out);
    }

    [Fact]
    public async Task Standard_input_is_validated_too()
    {
        var result = await new Terminal { Input = Terminal.Typed("{\"batch\":[" + Messages.Event("e1") + "," + Messages.Event("e1") + "]}") }.RunAsync("validate", "-");

        Assert.StartsWith("-:1:", result.Out, StringComparison.Ordinal);
        Assert.Contains("CAX063", result.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

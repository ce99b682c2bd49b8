using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

/// <summary>The first row of the table of CAX reference 11.3: what is not RFC 8259 is refused.</summary>
public sealed class StrictJsonTests
{
    public static TheoryData<string> NotJson =>
    [
        "", " ", "{", """{"batch":[]""", """{"batch":[],}""", """{"batch":[{},]}""", """{"batch":[] /* none */}""",
        "// none\n{\"batch\":[]}",
        """{"batch":[NaN]}""", """{"batch":[Infinity]}""", """{"batch":[01]}""", """{"batch":[]}{}""", """{"batch":[]} x""",
        """{'batch':[]}""", """{batch:[]}""", "\uFEFF{\"batch\":[]}", "{\"batch\":[\"a\nb\"]}", """{"batch":["\x"]}""",
    ];

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task A_body_that_is_not_strict_json_is_refused_in_both_modes(string body)
    {
        foreach (var loud in new[] { false, true })
        {
            await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = loud });
            Assert.Equal(400, await twin.PostBatchAsync(body).StatusAsync());
            Assert.Equal(400, await twin.PostEventAsync(body).StatusAsync());
            Assert.All(twin.Requests(), request => Assert.Equal("not_json", request.Reason));
        }
    }

    [Fact]
    public async Task Malformed_utf8_inside_a_string_is_refused()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        byte[] body = [.. "{\"batch\":[\""u8, 0xC3, 0x28, .. "\"]}"u8];
        Assert.Equal(400, await twin.PostAsync("/events/batch?" + Calls.Source, body, "application/json").StatusAsync());
    }

    [Fact]
    public async Task Json_nested_64_deep_is_taken()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var deep = Some.Changed(Some.Lead, "custom", new string('[', 62) + new string(']', 62));
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(deep)).StatusAsync());
        Assert.Equal(Verdict.Valid, Assert.Single(twin.Events()).Verdict);
    }
}

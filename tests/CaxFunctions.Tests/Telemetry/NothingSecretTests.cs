using System.Net;
using Cax.Core.Delivery;
using Cax.Core.Tests.Support;
using CaxFunctions.Telemetry;
using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.Telemetry;

public sealed class NothingSecretTests
{
    [Fact]
    public async Task No_log_holds_a_key_a_person_an_id_or_an_address_whatever_goes_wrong()
    {
        using var book = new LogBook();

        await TroubleAsync(book);
        await UnconfirmedAsync(book, HttpStatusCode.OK, """{"data":[]}""");
        await UnconfirmedAsync(book, HttpStatusCode.Forbidden, """{"errors":[{"code":"config-token","detail":"ada@example.com"}]}""");

        Assert.Empty(new[] { 100, 101, 103, 500, 501, 503, 505, 506, 507, 508, 509 }.Except(book.Entries.Select(entry => entry.Id)));
        Secret.IsNowhereIn(book.Texts);
    }

    [Fact]
    public void A_bug_is_told_by_types_and_places_and_with_our_own_texts_only()
    {
        var text = BugTrace.Of(Thrown());

        Assert.Contains("System.InvalidOperationException", text, StringComparison.Ordinal);
        Assert.Contains("caused by System.Text.Json.Json", text, StringComparison.Ordinal);
        Assert.Contains("ParseValue", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrapped", text, StringComparison.Ordinal);
        Assert.Contains("the core says so", BugTrace.Of(new InvalidOperationException("the core says so") { Source = "Cax.Core" }), StringComparison.Ordinal);
    }

    private static async Task TroubleAsync(LogBook book)
    {
        var rig = new MessageRig { Logs = book };
        Answered[] answers = [503, -1, new(429, "20"), 401, 500, 200];
        var asked = 0;
        rig.Endpoint.Answer = _ => answers[Math.Min(asked++, answers.Length - 1)];
        rig.Queue.Send(Message("L-1"));
        rig.Queue.Send("{\"what\":\"ada@example.com\"}");
        await rig.DrainAsync();

        rig.DeadLetters.Fails = true;
        rig.Queue.Send("{\"what\":\"+33612345678\"}");
        await rig.InvokeAsync();

        foreach (var text in (string[])["body: ada@example.com sig=abc", "The lock supplied is invalid. ORD-20931"])
        {
            rig.Queue.Send(Message("L-1" + text.Length));
            rig.Queue.FailsToSettle = _ => new InvalidOperationException(text);
            await rig.InvokeAsync();
        }

        rig.DeadLetters.Bug = new InvalidOperationException("ada@example.com");
        rig.Queue.Send("{\"what\":\"+33612345678\"}");
        await rig.InvokeAsync();
    }

    private static async Task UnconfirmedAsync(LogBook book, HttpStatusCode status, string answer)
    {
        using var api = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(answer) }));
        var rig = new MessageRig { Logs = book };
        rig.Check = new SourceCheck(new ConfigApiOptions { Token = "config-token" }, api, rig.Clock);
        rig.Queue.Send(Message("L-1"));
        await rig.InvokeAsync();
    }

    private static string Message(string id) => MessageRig.Lead(id).Replace("\"lead\":{", "\"custom\":{\"phone\":\"+33612345678\",\"order\":\"ORD-20931\"},\"lead\":{", StringComparison.Ordinal);

    private static InvalidOperationException Thrown()
    {
        try
        {
            System.Text.Json.Nodes.JsonNode.Parse("{\"ada@example.com\" ");
            throw new InvalidOperationException("it parsed");
        }
        catch (System.Text.Json.JsonException e)
        {
            return new InvalidOperationException("wrapped ada@example.com", e);
        }
    }
}

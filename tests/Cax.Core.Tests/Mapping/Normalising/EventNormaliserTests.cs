using Cax.Core.Mapping;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class EventNormaliserTests
{
    private static readonly byte[] Name = "customer_group"u8.ToArray();

    private static readonly EventNormaliser Normaliser = new(WithConsent(ConsentPolicy.Configured, ConsentElement.Text, "1", "3"));

    [Fact]
    public void An_event_costs_its_bytes_its_id_and_what_holds_them()
    {
        for (var i = 0; i < 50; i++)
        {
            Purchase();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Purchase();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated - Assert.Single(result.Events).Size, 0, 400);
    }

    [Fact]
    public void What_is_set_is_written_in_order_and_once() =>
        Assert.Equal(
            $$"""
            {"event_name":"purchase","id":"O-1 \"A\"","revenue":10.50,"tax_amount":2,"shipping_amount":0,"currency":"EUR","items":[{"id":"1"}],"customer_group":"Gold",
            "user":{"id":"C-1","email":"john.doe@example.com","consent_categories":["1","3"],"consistent_anonymous_id":"285226bf84fe8e858ad67547eb2ffb8e"},
            "context":{"event_timestamp":1764061200000,"event_id":"{{EventIds.Derive("shop", "purchase", "O-1 \"A\"", "")}}"},"value":12.50,"type":"online","status":"in_progress"}
            """.ReplaceLineEndings(""),
            Text(Assert.Single(Purchase().Events)));

    [Fact]
    public void Standard_names_are_shared_and_others_are_read()
    {
        Assert.Same(Event(Login("login")).Name, Event(Login("log\\u0069n")).Name);
        Assert.Equal("Añadido", Event(Login("A\\u00f1adido")).Name);
    }

    private static string Login(string name) =>
        "{\"event_name\":\"" + name + "\",\"user\":{\"id\":\"1\",\"consent_categories\":[]},\"context\":{\"event_timestamp\":1764061200000}}";

    private static MapResult Purchase()
    {
        var draft = Draft.Begin(default, "shop");
        var root = draft.Root;
        draft.Changed = true;
        root.SetText("event_name"u8, "purchase"u8);
        root.SetText("id"u8, "O-1 \"A\""u8);
        root.SetNumber("revenue"u8, 10.50m);
        root.SetNumber("tax_amount"u8, 2);
        root.SetNumber("shipping_amount"u8, 0m);
        root.SetText("currency"u8, "eur"u8);
        root.Build("items"u8, 1L, static (output, id) =>
        {
            output.OpenArray();
            output.OpenObject();
            output.Name("id"u8);
            output.Text("1"u8);
            output.CloseObject();
            output.CloseArray();
        });
        root.Set(Name.AsMemory(), draft.TextJson("Gold"), isCompact: true);
        var user = root.OpenOrAdd("user"u8)!;
        user.SetText("id"u8, "C-1"u8);
        user.SetText("email"u8, "john.doe@example.com");
        root.OpenOrAdd("context"u8)!.SetNumber("event_timestamp"u8, 1764061200000L);
        return Normaliser.Finish(draft);
    }
}

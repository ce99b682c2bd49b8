using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.ServiceBus;

public sealed class ProfileChoiceTests
{
    private readonly SplittingMapper _mapper = new();
    private readonly MessageRig _rig;

    public ProfileChoiceTests() => _rig = new MessageRig { Mapper = _mapper };

    [Fact]
    public async Task The_message_property_names_the_profile_in_whatever_case_and_one_that_is_no_text_names_none_that_is_known()
    {
        Send("L-1", ("Cax-Profile", "woocommerce"));
        Send("L-2", ("cax-profile", 7));

        await _rig.InvokeAsync();

        Assert.Equal([new ProfileChoice("woocommerce", ProfileRule.Property), new ProfileChoice("", ProfileRule.Property)], _mapper.Origins.Select(origin => origin.Profile));
    }

    [Fact]
    public async Task A_message_that_names_no_profile_has_that_of_its_queue()
    {
        _rig.Options = _rig.Options with
        {
            ServiceBus = new ServiceBusOptions { Profiles = new Dictionary<string, string> { ["OrderMessages"] = "prestashop", ["LeadMessages"] = "hubspot" } },
        };
        Send("L-1");
        Send("L-2", ("cax-profile", "woocommerce"));

        await _rig.InvokeAsync();

        Assert.Equal(
            [new ProfileChoice("prestashop", ProfileRule.Queue), new ProfileChoice("woocommerce", ProfileRule.Property)],
            _mapper.Origins.Select(origin => origin.Profile));
    }

    [Fact]
    public async Task Without_either_no_profile_is_chosen_and_there_are_no_properties()
    {
        Send("L-1");

        await _rig.InvokeAsync();

        var origin = Assert.Single(_mapper.Origins);
        Assert.Null(origin.Profile);
        Assert.Empty(origin.Properties);
    }

    [Fact]
    public async Task Profiles_read_the_properties_of_the_message_but_not_those_of_the_connector()
    {
        Send("L-1", ("X-Shopify-Topic", "orders/create"), ("attempt", 2), ("cax-profile", "shopify"), ("cax-destination", "outlet"));

        await _rig.InvokeAsync();

        Assert.Equal(
            new Dictionary<string, string> { ["attempt"] = "2", ["X-Shopify-Topic"] = "orders/create" },
            Assert.Single(_mapper.Origins).Properties);
    }

    [Fact]
    public async Task A_message_of_several_records_is_completed_once_all_of_them_are_known()
    {
        var entry = _rig.Queue.Send($"{{\"records\":[{MessageRig.Lead("L-1")},{{}},{MessageRig.Lead("L-3")}]}}");

        await _rig.InvokeAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(2, _rig.Endpoint.AcceptedIds.Count());
        Assert.Equal("unknown_payload", Assert.Single(_rig.DeadLetters.Letters).Reason);
    }

    [Fact]
    public async Task The_log_says_which_profiles_mapped_the_messages_and_which_rule_chose_them()
    {
        using var book = new LogBook();
        var rig = new MessageRig { Mapper = _mapper, Logs = book };
        rig.Queue.Send(MessageRig.Lead("L-1"), new Dictionary<string, object> { ["cax-profile"] = "woocommerce" });
        rig.Queue.Send(MessageRig.Lead("L-2"), new Dictionary<string, object> { ["cax-profile"] = "prestashop" });
        rig.Queue.Send(MessageRig.Lead("L-3"), new Dictionary<string, object> { ["cax-profile"] = "prestashop" });

        await rig.InvokeAsync();

        var accounts = Assert.Single(book.Entries, entry => entry.Id == 101);
        Assert.EndsWith("; profiles: prestashop by property 2, woocommerce by property 1", accounts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_queues_are_those_of_the_functions_that_take_messages() => Assert.Equal(
        FunctionAttributesTests.Functions.Where(function => function.Key.EndsWith("Messages", StringComparison.Ordinal)).Select(function => function.Key).Order(),
        ServiceBusOptions.Functions.Order());

    private void Send(string id, params (string Name, object Value)[] properties) =>
        _rig.Queue.Send(MessageRig.Lead(id), properties.ToDictionary(property => property.Name, property => property.Value));
}

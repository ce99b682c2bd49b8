using System.Text;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

/// <summary>What a source knows about how its records are to be mapped reaches the mapper, and survives parking and replay.</summary>
public sealed class MappingHintsTests
{
    private const string Unmappable = "{\"type\":\"lead.created\"}";

    private static readonly MappingHints Chosen = new(
        new ProfileChoice("woocommerce", ProfileRule.Queue), MessageProperties.Of([new("X-Topic", "order.updated")]));

    private readonly SplittingMapper _mapper = new();
    private readonly PipelineRig _rig;

    public MappingHintsTests() => _rig = new PipelineRig { Mapper = _mapper };

    [Fact]
    public async Task The_mapper_is_told_the_profile_and_the_properties_for_every_record_and_part()
    {
        await _rig.RunAsync(new TestDelivery("message", Leads.Event("a"), $"{{\"records\":[{Leads.Event("b")},{Leads.Event("c")}]}}") { Hints = Chosen });

        Assert.Equal(3, _mapper.Origins.Count);
        Assert.All(_mapper.Origins, origin => Assert.Equal((Chosen.Profile, Chosen.Properties), (origin.Profile, origin.Properties)));
    }

    [Fact]
    public async Task A_parked_record_is_mapped_again_by_the_choice_of_its_source_and_with_its_properties()
    {
        await _rig.RunAsync(new TestDelivery("message", Unmappable) { Hints = Chosen });
        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal(Chosen.Profile, letter.Profile);

        await ReplayAsync(letter);
        using var plan = new ReplayPlan(_rig.DeadLetters, new ReplayFilter([], null, []), new ReplayOptions(Force: false, DryRun: false), _rig.Clock, _ => { });
        await RunAsync(plan.DeliveriesAsync(CancellationToken.None));

        var (replayed, planned) = (_mapper.Origins[1], _mapper.Origins[2]);
        Assert.All([replayed, planned], origin => Assert.Equal(Chosen.Profile, origin.Profile));
        Assert.All([replayed, planned], origin => Assert.Equal("order.updated", origin.Properties["x-topic"]));
        Assert.All(_rig.DeadLetters.Letters, again => Assert.Equal((Chosen.Profile, "order.updated"), (again.Profile, again.Properties["X-Topic"])));
    }

    [Fact]
    public async Task A_profile_that_was_recognised_by_shape_is_told_and_recognised_anew()
    {
        var recognised = new ProfileChoice("hubspot", ProfileRule.Shape);
        var rig = new PipelineRig { Mapper = new SplittingMapper { Chooses = _ => recognised } };
        await rig.RunAsync(new TestDelivery("message", Unmappable));
        var letter = Assert.Single(rig.DeadLetters.Letters);

        await ReplayAsync(letter);

        Assert.Equal(recognised, letter.Profile);
        Assert.Null(Assert.Single(_mapper.Origins).Profile);
    }

    [Fact]
    public async Task What_a_replay_is_told_takes_the_place_of_what_the_letter_says()
    {
        await _rig.RunAsync(new TestDelivery("message", Unmappable) { Hints = Chosen });
        var other = new MappingHints(new ProfileChoice("prestashop", ProfileRule.Property), MessageProperties.Of([new("x-topic", "order.created"), new("shop", "fr")]));
        using var plan = new ReplayPlan(
            _rig.DeadLetters, new ReplayFilter([], null, []), new ReplayOptions(Force: false, DryRun: false) { Hints = other }, _rig.Clock, _ => { });

        await RunAsync(plan.DeliveriesAsync(CancellationToken.None));

        var origin = _mapper.Origins[1];
        Assert.Equal((other.Profile, "order.created", "fr"), (origin.Profile, origin.Properties["X-Topic"], origin.Properties["shop"]));
    }

    [Fact]
    public async Task An_event_that_is_sent_again_as_it_was_keeps_the_profile_that_made_it()
    {
        var recognised = new ProfileChoice("hubspot", ProfileRule.Shape);
        var letter = ParkedLeads.Letter("29/endpoint_unavailable/2026/11/21/ab", 0, _rig.Clock.UtcNow) with { Profile = recognised };
        _rig.Endpoint.Answer = posted => posted.Body.Contains(Leads.Id(0), StringComparison.Ordinal) ? 400 : 200;

        await ReplayAsync(letter, ParkedLeads.Letter("29/endpoint_unavailable/2026/11/21/ab", 1, _rig.Clock.UtcNow));

        Assert.Equal(recognised, Assert.Single(_rig.DeadLetters.Letters).Profile);
    }

    private Task<RunResult> ReplayAsync(params IEnumerable<DeadLetter> letters)
    {
        var lines = string.Concat(letters.Select(letter => Encoding.UTF8.GetString(DeadLetterJson.Write(letter))));
        var source = new StreamSource("replay/x.ndjson", "replay x", _rig.Clock.UtcNow, _ => new(new MemoryStream(Encoding.UTF8.GetBytes(lines))));
        var document = new ReplayedDocument(source, _rig.DeadLetters, force: false, _rig.Clock, _ => { });
        return RunAsync(document.DeliveriesAsync(CancellationToken.None));
    }

    private Task<RunResult> RunAsync(IAsyncEnumerable<SourceDelivery> deliveries) => _rig.Clock.RunAsync(Task.Run(
        () => new EventPipeline(_rig.Setup, new RunOptions { IgnoreEarlierRuns = true }).RunAsync(deliveries, CancellationToken.None)));
}

using Cax.Benchmarks.ByHand;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>What the benchmark of profiles compares is comparable.</summary>
public sealed class OrderByHandTests
{
    [Fact]
    public void The_profile_and_the_mapper_written_by_hand_give_the_same_event()
    {
        var byProfile = new RecordMapper(ShopOrder.Options).Map(ShopOrder.Utf8, ShopOrder.OfProfile);
        var byShape = new RecordMapper(ShopOrder.Options).Map(ShopOrder.Utf8, ShopOrder.OfShape);
        using var mapper = new OrderByHand(ShopOrder.Options.Identity.HashKey);
        var byHand = Assert.Single(mapper.Map(ShopOrder.Utf8).Events);

        Assert.Equal(Text(Assert.Single(byProfile.Events)), Text(byHand));
        Assert.Equal(Text(Assert.Single(byShape.Events)), Text(byHand));
        Assert.Equal((byProfile.Events[0].Name, byProfile.Events[0].Id, byProfile.Events[0].Timestamp), (byHand.Name, byHand.Id, byHand.Timestamp));
        Assert.Equal(ProfileRule.Queue, byProfile.Profile?.By);
        Assert.Equal(ProfileRule.Shape, byShape.Profile?.By);
    }
}

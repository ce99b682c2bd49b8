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

    [Fact]
    public void An_order_of_1200_bytes_is_mapped_in_2_KB()
    {
        Assert.InRange(ShopOrder.Utf8.Length, 1_100, 1_300);
        var mapper = new RecordMapper(ShopOrder.Options);
        for (var i = 0; i < 50; i++)
        {
            mapper.Map(ShopOrder.Utf8, ShopOrder.OfProfile);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        mapper.Map(ShopOrder.Utf8, ShopOrder.OfProfile);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1_000, 2_048);
    }
}

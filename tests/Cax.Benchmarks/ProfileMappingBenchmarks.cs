using BenchmarkDotNet.Attributes;
using Cax.Benchmarks.ByHand;
using Cax.Core.Mapping;

namespace Cax.Benchmarks;

/// <summary>
/// What mapping an order of 1.2 KB by a built-in profile costs, as a multiple of what a mapper costs that was written by hand for this order alone.
/// All three give the same event; a test of Cax.Core.Tests says so.
/// </summary>
[MemoryDiagnoser]
public class ProfileMappingBenchmarks : IDisposable
{
    private readonly OrderByHand _byHand = new(ShopOrder.Options.Identity.HashKey);
    private readonly RecordMapper _mapper = new(ShopOrder.Options);

    [Benchmark(Baseline = true, Description = "by hand")]
    public MapResult ByHand() => _byHand.Map(ShopOrder.Utf8);

    [Benchmark(Description = "by the profile")]
    public MapResult ByProfile() => _mapper.Map(ShopOrder.Utf8, ShopOrder.OfProfile);

    [Benchmark(Description = "by the profile that knows the shape")]
    public MapResult ByShape() => _mapper.Map(ShopOrder.Utf8, ShopOrder.OfShape);

    public void Dispose()
    {
        _byHand.Dispose();
        GC.SuppressFinalize(this);
    }
}

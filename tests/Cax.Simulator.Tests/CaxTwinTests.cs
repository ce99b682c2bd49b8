using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class CaxTwinTests
{
    [Fact]
    public async Task It_listens_on_a_free_loopback_port_without_tls()
    {
        await using var first = await CaxTwin.StartAsync(new TwinOptions());
        await using var second = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(("http", "127.0.0.1"), (first.Url.Scheme, first.Url.Host));
        Assert.NotEqual(first.Url.Port, second.Url.Port);
    }

    [Fact]
    public async Task It_listens_where_it_is_told_and_says_so_when_the_port_is_taken()
    {
        int port;
        await using (var first = await CaxTwin.StartAsync(new TwinOptions()))
        {
            port = first.Url.Port;
            await Assert.ThrowsAnyAsync<IOException>(() => CaxTwin.StartAsync(new TwinOptions { Port = port }));
        }

        await using var second = await CaxTwin.StartAsync(new TwinOptions { Port = port });
        Assert.Equal(port, second.Url.Port);
    }

    [Fact]
    public async Task It_can_be_stopped_twice_and_keeps_its_records()
    {
        var twin = await CaxTwin.StartAsync(new TwinOptions());
        await twin.PostEventAsync(Some.Lead).StatusAsync();
        await twin.DisposeAsync();
        await twin.DisposeAsync();
        Assert.Single(twin.Events());
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.PostEventAsync(Some.Lead));
    }

    [Fact]
    public async Task Wrong_options_are_all_named_at_once()
    {
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => CaxTwin.StartAsync(new TwinOptions
        {
            Port = -1,
            MaxBatchBytes = 0,
            MaxEventBytes = 0,
            Delay = TimeSpan.FromSeconds(-1),
            Poison = [""],
            Faults = [new TwinFault()],
        }));
        Assert.All(
            ["Port", "MaxBatchBytes", "MaxEventBytes", "Delay", "Poison", "Faults"],
            name => Assert.Contains(name, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_can_be_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CaxTwin.StartAsync(new TwinOptions(), new CancellationToken(canceled: true)));

    [Fact]
    public void It_shares_no_code_with_the_connector()
    {
        var references = typeof(CaxTwin).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();
        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => name.StartsWith("Cax", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_the_heads_need_is_public() => Assert.Equal(
        [
            nameof(BreachAction), nameof(CaxTwin), nameof(Finding), nameof(FindingKind), nameof(OversizedEvent), nameof(ReceivedEvent),
            nameof(ReceivedRequest), nameof(RequestKind), nameof(TwinFault), nameof(TwinOptions), nameof(TwinSummary), nameof(Verdict),
        ],
        typeof(CaxTwin).Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));
}

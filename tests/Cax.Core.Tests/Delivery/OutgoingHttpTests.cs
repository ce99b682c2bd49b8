using Cax.Core.Delivery;

namespace Cax.Core.Tests.Delivery;

public sealed class OutgoingHttpTests
{
    [Theory]
    [InlineData("http://localhost:5080/events")]
    [InlineData("http://127.0.0.1:5080/events")]
    [InlineData("http://[::1]:5080/events")]
    public void No_proxy_stands_between_this_machine_and_itself(string address)
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(OutgoingHttp.CreateHandler());

        Assert.True(handler.Proxy!.IsBypassed(new Uri(address)));
        Assert.Null(handler.Proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void It_follows_nobody_and_keeps_nothing()
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(OutgoingHttp.CreateHandler());

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Null(handler.ActivityHeadersPropagator);
    }
}

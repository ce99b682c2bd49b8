using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Text;
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

    [Fact]
    public async Task Nothing_of_the_network_stack_tells_the_address_or_a_trace_to_anybody()
    {
        const string secret = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";
        var told = new ConcurrentQueue<string>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name.Contains("System.Net", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Enqueue(activity.OperationName + activity.DisplayName + string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(traces);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "System.Net.Http")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => told.Enqueue("measured " + string.Join(' ', tags.ToArray())));
        meters.Start();
        using var events = new NetworkEvents(told);
        using var caller = new Activity("caller").AddBaggage("person", "ada").Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);

        using (var invoker = new HttpMessageInvoker(OutgoingHttp.CreateHandler()))
        using (var request = new HttpRequestMessage(HttpMethod.Post, $"http://{listener.LocalEndpoint}/events/batch?tc_s=29&token={secret}") { Content = new StringContent("{}") })
        using (var response = await invoker.SendAsync(request, CancellationToken.None))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var head = await received;
        Assert.Contains(secret, head, StringComparison.Ordinal);
        Assert.All(["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"], name => Assert.DoesNotContain(name, head, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(told, text => text.StartsWith("measured", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("RequestStart", StringComparison.Ordinal));
        Assert.DoesNotContain(told, text => text.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var head = new StringBuilder();
        var buffer = new byte[4_096];
        while (!head.ToString().EndsWith("{}", StringComparison.Ordinal))
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return head.ToString();
    }

    /// <summary>The events of the HTTP stack that any tool outside the process may ask for.</summary>
    private sealed class NetworkEvents(ConcurrentQueue<string> told) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Http")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            told.Enqueue(eventData.EventName + string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[]));
    }
}

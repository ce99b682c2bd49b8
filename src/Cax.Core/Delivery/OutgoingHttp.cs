using System.Net;

namespace Cax.Core.Delivery;

/// <summary>How this process reaches CAX, or a twin of it on this machine.</summary>
public static class OutgoingHttp
{
    /// <summary>
    /// A connection without redirects, cookies or anything that adds to a request. It uses the proxy of the environment, but never for this machine.
    /// </summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        Proxy = new NotForLoopback(HttpClient.DefaultProxy),

        // The key stands in the URL: it must not travel in trace headers or into spans of the HTTP stack.
        ActivityHeadersPropagator = null,
    };

    private sealed class NotForLoopback(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}

using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Cax.Storage.Tests.Support;

/// <summary>Counts requests by method and kind, and lets a test step in before one is sent.</summary>
internal sealed class CountingPolicy : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Called with each request before it is sent.</summary>
    public Func<HttpMessage, Task>? Before { get; set; }

    /// <summary>Method and <c>comp</c> of each request, such as <c>PUT block</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public int Count(string request) => _requests.Count(sent => sent == request);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here is to be sent synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var query = System.Web.HttpUtility.ParseQueryString(message.Request.Uri.Query);
        _requests.Enqueue($"{message.Request.Method} {query["comp"]}".TrimEnd());
        if (Before is { } before)
        {
            await before(message);
        }

        await ProcessNextAsync(message, pipeline);
    }
}

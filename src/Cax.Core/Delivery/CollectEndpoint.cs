using System.Net.Http.Headers;
using Cax.Core.Batching;

namespace Cax.Core.Delivery;

/// <summary>Posts one body to the collect endpoint and says what the answer means. Decides nothing else.</summary>
internal sealed class CollectEndpoint(HttpMessageInvoker http, CollectUrl url, DeliveryMode mode, TimeProvider time)
{
    private static readonly ProductInfoHeaderValue Product =
        new("cax-connector", typeof(CollectEndpoint).Assembly.GetName().Version?.ToString(3));

    public async ValueTask<Answer> PostAsync(EventBatch batch, bool hasWitness, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url.Value) { Content = new BatchContent(batch, mode) };
        request.Headers.UserAgent.Add(Product);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var status = (int)response.StatusCode;
            return new Answer(
                ResponseClassifier.Classify(status, hasWitness),
                status,
                RetryDelay.Wished(response.Headers.RetryAfter, time.GetUtcNow()));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Answer(AnswerKind.Unavailable, Fault: ConnectionFault.Describe(e));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The connection's own time-out, which nobody here asked for.
            return new Answer(AnswerKind.Unavailable, Fault: "no connection in time");
        }
    }
}

using Cax.Core.Delivery;

namespace Cax.Cli.Checking;

/// <summary>Asks whether anybody answers at an address, without site, key or event.</summary>
internal sealed class EndpointProbe(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<(bool IsThere, string Detail)> AskAsync(Uri endpoint, CancellationToken cancellation)
    {
        using var http = new HttpMessageInvoker(OutgoingHttp.CreateHandler());
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            // The bare host: a GET of the events path would be a pixel call and might be counted.
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
            using var response = await http.SendAsync(request, either.Token);
            return (true, $"answers (HTTP {(int)response.StatusCode} to a bare GET)");
        }
        catch (HttpRequestException e)
        {
            return (false, $"cannot be reached ({ConnectionFault.Describe(e)})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, "does not answer within 10 seconds");
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cax.Simulator.Tests.Support;

/// <summary>Requests as a careful sender makes them, with single things to get wrong.</summary>
internal static class Calls
{
    public const string Source = "tc_s=29&token=key-1";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static Task<HttpResponseMessage> PostBatchAsync(
        this CaxTwin twin, string body, string query = Source, string? contentType = "application/json") =>
        twin.PostAsync("/events/batch?" + query, Encoding.UTF8.GetBytes(body), contentType);

    public static Task<HttpResponseMessage> PostEventAsync(
        this CaxTwin twin, string body, string query = Source, string? contentType = "application/json") =>
        twin.PostAsync("/events?" + query, Encoding.UTF8.GetBytes(body), contentType);

    public static async Task<HttpResponseMessage> PostAsync(
        this CaxTwin twin, string path, byte[] body, string? contentType, string? encoding = null, CancellationToken cancellation = default)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return await Http.PostAsync(new Uri(twin.Url, path), content, cancellation);
    }

    public static async Task<HttpResponseMessage> SendAsync(this CaxTwin twin, HttpMethod method, string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(twin.Url, path));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Http.SendAsync(request);
    }

    public static Task<HttpResponseMessage> OrderAsync(this CaxTwin twin, string body) =>
        twin.PostAsync("/twin/faults", Encoding.UTF8.GetBytes(body), "application/json");

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> call, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await call;
        Assert.Equal(expected, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    public static async Task<int> StatusAsync(this Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return (int)answer.StatusCode;
    }
}

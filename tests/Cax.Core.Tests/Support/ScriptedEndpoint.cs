using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Cax.Core.Tests.Support;

/// <summary>A collect endpoint that answers as the test says and refuses to be called in any other way than the CAX reference allows.</summary>
public sealed class ScriptedEndpoint(TimeProvider time) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    /// <summary>What is answered; 200 unless a test says otherwise. -1 is a connection fault, -2 a connection that times out.</summary>
    public Func<Posted, Answered> Answer { get; set; } = _ => 200;

    public List<Posted> Requests { get; } = [];

    /// <summary>The events of all accepted requests, in order of arrival.</summary>
    public IEnumerable<string> AcceptedIds => Requests.Where(r => r.Status is >= 200 and < 300).SelectMany(r => r.Ids);

    /// <summary>Waits until more requests than so many were posted.</summary>
    public async Task PostedAsync(int count)
    {
        while (Requests.Count <= count)
        {
            await Task.Delay(1);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        Assert.Empty(request.Content.Headers.ContentEncoding);
        var body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Assert.Equal(request.Content.Headers.ContentLength, body.Length);
        var posted = Posted.Read(request.RequestUri!, body, time.GetUtcNow());
        Answered answered;
        lock (_lock)
        {
            answered = Answer(posted);
            posted.Status = answered.Status;
            Requests.Add(posted);
        }

        if (answered.Wait is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        switch (answered.Status)
        {
            case -1:
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            case -2:
                throw new TaskCanceledException("the connection's own time-out");
        }

        var response = new HttpResponseMessage((HttpStatusCode)answered.Status);
        if (answered.RetryAfter is { } after)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", after);
        }

        return response;
    }
}

/// <summary>An answer: a status, perhaps a wish to be left alone, perhaps slow.</summary>
public sealed record Answered(int Status, string? RetryAfter = null, TimeSpan? Wait = null)
{
    public static implicit operator Answered(int status) => new(status);
}

/// <summary>A request as it arrived.</summary>
public sealed record Posted(string Path, string Query, IReadOnlyList<string> Ids, string Body, DateTimeOffset At)
{
    public int Status { get; set; }

    public static Posted Read(Uri url, byte[] body, DateTimeOffset at)
    {
        using var document = JsonDocument.Parse(body);
        var events = url.AbsolutePath.EndsWith("/batch", StringComparison.Ordinal)
            ? document.RootElement.GetProperty("batch").EnumerateArray().ToList()
            : [document.RootElement];
        Assert.NotEmpty(events);
        return new Posted(
            url.AbsolutePath,
            url.Query,
            [.. events.Select(e => e.GetProperty("context").GetProperty("event_id").GetString()!)],
            System.Text.Encoding.UTF8.GetString(body),
            at);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {Path} {Ids.Count} events at {At:T}");
}

using System.Text.Json.Nodes;
using Cax.Simulator.Collecting;
using Cax.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Control;

/// <summary>What a person or a test asks of the twin itself; no part of the vendor's API.</summary>
internal sealed class ControlEndpoint(FaultQueue faults, PoisonList poison, RecordBook book)
{
    public const string Root = "/twin";

    private const int LongestOrder = 1_000_000;

    public Task HandleAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("POST", "/twin/faults") => AddFaultsAsync(http),
        ("DELETE", "/twin/faults") => ClearFaultsAsync(http.Response),
        ("GET", "/twin/summary") => WriteJsonAsync(http.Response, SummaryJson.Of(book.Summary())),
        ("GET", "/twin/events") => WriteLinesAsync(http, book.Events(), RecordLines.Write),
        ("GET", "/twin/requests") => WriteLinesAsync(http, book.Requests(), RecordLines.Write),
        ("DELETE", Root) => ResetAsync(http.Response),
        _ => WriteProblemAsync(http.Response, StatusCodes.Status404NotFound, "no such control"),
    };

    private async Task AddFaultsAsync(HttpContext http)
    {
        var body = await CollectBody.ReadAsync(http.Request, LongestOrder, http.RequestAborted);
        using var json = StrictJson.Parse(body.Bytes);
        var order = json is null ? FaultOrder.Wrong("the body is not JSON") : FaultOrder.Read(json.RootElement);
        if (order.Problem is not null)
        {
            await WriteProblemAsync(http.Response, StatusCodes.Status400BadRequest, order.Problem);
            return;
        }

        foreach (var fault in order.Faults) faults.Add(fault);
        foreach (var text in order.Poison) poison.Add(text);
        await WriteJsonAsync(http.Response, Waiting());
    }

    private Task ClearFaultsAsync(HttpResponse response)
    {
        faults.Clear();
        poison.Clear();
        return WriteJsonAsync(response, Waiting());
    }

    private JsonObject Waiting() => new() { ["faults"] = faults.Pending, ["poison"] = poison.Count };

    private Task ResetAsync(HttpResponse response)
    {
        book.Reset();
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteJsonAsync(HttpResponse response, JsonObject body)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(body.ToJsonString());
    }

    private static async Task WriteLinesAsync<T>(HttpContext http, IReadOnlyList<T> records, Action<Stream, T> write)
    {
        http.Response.ContentType = "application/x-ndjson";
        using var line = new MemoryStream();
        foreach (var record in records)
        {
            line.SetLength(0);
            write(line, record);
            await http.Response.Body.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), http.RequestAborted);
        }
    }

    private static Task WriteProblemAsync(HttpResponse response, int status, string problem)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain";
        return response.WriteAsync(problem + "\n");
    }
}

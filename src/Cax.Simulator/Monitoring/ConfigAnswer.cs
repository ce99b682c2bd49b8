using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Monitoring;

/// <summary>A JSON:API answer (CAX reference 8.1 and 8.2).</summary>
internal sealed record ConfigAnswer(int Status, JsonObject Body)
{
    public static ConfigAnswer Data(JsonNode data) => new(StatusCodes.Status200OK, new JsonObject { ["data"] = data });

    public static ConfigAnswer Error(int status, string code, string detail) => new(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["detail"] = detail }),
    });

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/vnd.api+json";
        await response.WriteAsync(Body.ToJsonString());
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Cax.Simulator.Judging;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Collecting;

/// <summary>
/// The table of CAX reference 11.3. The rows that are always a 400 come first, then those that depend on literal or loud, then the
/// events.
/// </summary>
internal sealed class CollectRules(TwinOptions options, PoisonList poison, EventJudge judge)
{
    public int BodyLimit(RequestKind kind) => kind == RequestKind.Event ? options.MaxEventBytes : options.MaxBatchBytes;

    public CollectAnswer Answer(RequestKind kind, HttpRequest request, CollectBody body, DateTimeOffset now)
    {
        if (request.Headers.ContainsKey("Content-Encoding")) return CollectAnswer.Refused("content_encoding");
        if (body.TooLarge) return CollectAnswer.Refused("body_too_large");
        using var json = StrictJson.Parse(body.Bytes);
        if (json is null) return CollectAnswer.Refused("not_json");

        var events = kind == RequestKind.Event ? [json.RootElement] : BatchOf(json.RootElement);
        var fitting = events.FindAll(Fits);
        var oversized = events.Count - fitting.Count;
        if (oversized > 0 && options.OversizedEvent == OversizedEvent.RefuseRequest) return CollectAnswer.Refused("event_too_large");
        if (events.Exists(element => poison.Taints(JsonMarshal.GetRawUtf8Value(element)))) return CollectAnswer.Refused("poison");

        if (request.ContentType != "application/json") return LostUnlessLoud(StatusCodes.Status400BadRequest, "content_type", events.Count);
        if (!IsKnown(request.Query)) return LostUnlessLoud(StatusCodes.Status401Unauthorized, "wrong_key", events.Count);
        if (events.Count == 0) return LostUnlessLoud(StatusCodes.Status400BadRequest, "no_events", 0);

        return new CollectAnswer(StatusCodes.Status200OK, fitting.Count > 0 ? "recorded" : "event_too_large")
        {
            Recorded = fitting.ConvertAll(element => judge.Receive(element, now)),
            Dropped = oversized,
        };
    }

    private static List<JsonElement> BatchOf(JsonElement envelope) =>
        StrictJson.Member(envelope, "batch"u8) is { ValueKind: JsonValueKind.Array } batch ? [.. batch.EnumerateArray()] : [];

    private bool Fits(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).Length <= options.MaxEventBytes;

    private bool IsKnown(IQueryCollection query) =>
        query["tc_s"] is [{ Length: > 0 } site] && (options.SiteId is null || site == options.SiteId)
        && query["token"] is [{ Length: > 0 } key] && (options.Key is null || key == options.Key);

    private CollectAnswer LostUnlessLoud(int loudStatus, string reason, int events) =>
        options.Loud ? new CollectAnswer(loudStatus, reason) : new CollectAnswer(StatusCodes.Status200OK, reason) { Dropped = events };
}

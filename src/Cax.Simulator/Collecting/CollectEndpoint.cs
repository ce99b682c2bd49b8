using Cax.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Collecting;

/// <summary>
/// One collect request from its arrival to its answer. The book is written before the answer, so a sender that has its answer finds it
/// counted.
/// </summary>
internal sealed class CollectEndpoint(TwinOptions options, FaultQueue faults, CollectRules rules, RecordBook book)
{
    public async Task HandleAsync(HttpContext http)
    {
        var kind = KindOf(http.Request);
        var visit = book.Arrive(kind, http.Request.Query["tc_s"], http.Request.Query["token"]);
        var fault = faults.Take();
        CollectAnswer answer;
        long length = 0;
        try
        {
            await Task.Delay(options.Delay + (fault?.Delay ?? TimeSpan.Zero), options.TimeProvider, http.RequestAborted);
            if (fault is { Reset: true })
            {
                answer = CollectAnswer.Reset;
            }
            else
            {
                var body = await CollectBody.ReadAsync(http.Request, rules.BodyLimit(kind), http.RequestAborted);
                length = body.Length;
                answer = AnswerTo(http.Request, visit, fault, body);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            answer = CollectAnswer.HungUp;
        }

        book.Close(visit, answer, length);
        if (answer.Status == 0) http.Abort();
        else await answer.WriteAsync(http.Response);
    }

    private CollectAnswer AnswerTo(HttpRequest request, Visit visit, TwinFault? fault, CollectBody body) => visit.Kind switch
    {
        _ when fault is { Status: { } status } => CollectAnswer.Fault(fault, status),
        RequestKind.Pixel => CollectAnswer.Pixel,
        RequestKind.Other => CollectAnswer.WrongMethod,
        var kind => rules.Answer(kind, request, body, visit.ReceivedAt),
    };

    private static RequestKind KindOf(HttpRequest request)
    {
        var single = request.Path.Value == CollectPaths.Event;
        if (HttpMethods.IsPost(request.Method)) return single ? RequestKind.Event : RequestKind.Batch;
        return single && HttpMethods.IsGet(request.Method) ? RequestKind.Pixel : RequestKind.Other;
    }
}

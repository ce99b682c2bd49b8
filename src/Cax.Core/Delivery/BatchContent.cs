using System.Net;
using System.Net.Http.Headers;
using Cax.Core.Batching;

namespace Cax.Core.Delivery;

/// <summary>A request body that is written straight from the bytes of its events.</summary>
internal sealed class BatchContent : HttpContent
{
    private static readonly ReadOnlyMemory<byte> Opening = "{\"batch\":["u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Separator = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Closing = "]}"u8.ToArray();

    private readonly EventBatch _batch;
    private readonly bool _framed;

    public BatchContent(EventBatch batch, DeliveryMode mode)
    {
        _batch = batch;
        _framed = mode == DeliveryMode.Batch;

        // Exactly this: no charset (CAX reference 12.13).
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_framed)
        {
            await stream.WriteAsync(Opening, cancellationToken);
        }

        for (var i = 0; i < _batch.Events.Count; i++)
        {
            if (i > 0)
            {
                await stream.WriteAsync(Separator, cancellationToken);
            }

            await stream.WriteAsync(_batch.Events[i].Event.Utf8, cancellationToken);
        }

        if (_framed)
        {
            await stream.WriteAsync(Closing, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _batch.Bytes;
        return true;
    }
}

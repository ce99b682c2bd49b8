using Microsoft.AspNetCore.Http;

namespace Cax.Simulator.Collecting;

/// <summary>A request body, kept only as far as it can be of use.</summary>
internal sealed record CollectBody(ReadOnlyMemory<byte> Bytes, long Length, bool TooLarge)
{
    // A sender that is still writing when the answer comes sees a reset instead of the answer, so the surplus is read and thrown away.
    private const int MostDrained = 8_000_000;

    public static async Task<CollectBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        using var kept = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, limit));
        var buffer = new byte[Math.Min(limit, 64 * 1024)];
        long length = 0;
        int read;
        while (length < (long)limit + MostDrained && (read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            length += read;
            if (length <= limit) kept.Write(buffer, 0, read);
        }

        return length > limit
            ? new CollectBody(default, length, TooLarge: true)
            : new CollectBody(kept.ToArray(), length, TooLarge: false);
    }
}

namespace Cax.Core.Reports.Health;

/// <summary>How many events of one name were answered 2xx within one quarter hour.</summary>
/// <param name="Sent">All of them.</param>
/// <param name="Early">Those answered in its first minute: CAX may count them in the quarter before.</param>
/// <param name="Late">Those answered in its last minute: CAX may count them in the quarter after.</param>
public readonly record struct SentCount(long Sent, long Early = 0, long Late = 0)
{
    public static SentCount operator +(SentCount left, SentCount right) =>
        new(left.Sent + right.Sent, left.Early + right.Early, left.Late + right.Late);

    public static SentCount Add(SentCount left, SentCount right) => left + right;
}

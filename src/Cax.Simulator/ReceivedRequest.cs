namespace Cax.Simulator;

/// <summary>One request to the collect endpoint.</summary>
/// <param name="ReceivedAt">When it arrived, before any delay.</param>
/// <param name="Kind">Which form of the endpoint it used.</param>
/// <param name="Status">The status it was answered with; 0 when the twin reset the connection or the sender hung up.</param>
/// <param name="Reason">Why, in one word such as <c>recorded</c>, <c>fault</c>, <c>not_json</c> or <c>wrong_key</c>.</param>
/// <param name="SiteId">The <c>tc_s</c> it carried; null when it had none.</param>
/// <param name="Events">How many of its events were recorded.</param>
/// <param name="Dropped">How many of its events were lost behind the answer.</param>
/// <param name="Bytes">How many body bytes were read.</param>
public sealed record ReceivedRequest(
    DateTimeOffset ReceivedAt,
    RequestKind Kind,
    int Status,
    string Reason,
    string? SiteId,
    int Events,
    int Dropped,
    long Bytes);

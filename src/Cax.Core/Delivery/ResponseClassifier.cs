namespace Cax.Core.Delivery;

/// <summary>Sorts HTTP statuses into the classes that the connector acts upon.</summary>
internal static class ResponseClassifier
{
    /// <param name="status">The status of the answer.</param>
    /// <param name="hasWitness">
    /// Whether the same destination has lately accepted something. Then a 403 is about this body (a web firewall that dislikes one lead), not about the key.
    /// </param>
    public static AnswerKind Classify(int status, bool hasWitness) => status switch
    {
        >= 200 and < 300 => AnswerKind.Accepted,
        400 or 413 => AnswerKind.Refused,
        403 => hasWitness ? AnswerKind.Refused : AnswerKind.Misconfigured,
        408 or 425 or 429 => AnswerKind.Unavailable,
        >= 500 => AnswerKind.Unavailable,

        // 401, 404, 405, 415, redirects, and whatever else no repetition would change.
        _ => AnswerKind.Misconfigured,
    };
}

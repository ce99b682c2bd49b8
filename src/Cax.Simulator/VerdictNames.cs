namespace Cax.Simulator;

internal static class VerdictNames
{
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Valid => "VALID",
        Verdict.InvalidAccepted => "INVALID_ACCEPTED",
        _ => "INVALID_REJECTED",
    };
}

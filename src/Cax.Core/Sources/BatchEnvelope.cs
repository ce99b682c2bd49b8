namespace Cax.Core.Sources;

/// <summary>The body of a batch request as an input: <c>{"batch":[…]}</c> (CAX reference 3.1).</summary>
public static class BatchEnvelope
{
    /// <summary>Whether the input begins with <c>{"batch":[</c>, with white space wherever JSON allows it.</summary>
    public static bool IsOpenedBy(ReadOnlySpan<byte> utf8) =>
        Take(ref utf8, "{"u8) && Take(ref utf8, "\"batch\""u8) && Take(ref utf8, ":"u8) && Take(ref utf8, "["u8);

    private static bool Take(ref ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> token)
    {
        utf8 = utf8.TrimStart(" \t\r\n"u8);
        if (!utf8.StartsWith(token))
        {
            return false;
        }

        utf8 = utf8[token.Length..];
        return true;
    }
}

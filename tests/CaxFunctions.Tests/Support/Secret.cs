namespace CaxFunctions.Tests.Support;

/// <summary>What stands in the fixtures and may stand in nothing that is told.</summary>
internal static class Secret
{
    public const string Key = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";
    public const string Token = "config-token-5f2c";
    public const string Email = "ada@example.com";
    public const string Phone = "+33612345678";
    public const string Order = "ORD-20931";
    public const string Sas = "sig=Zm9vYmFy";

    /// <summary>Everything of this kind at once, as a foreign library might say it.</summary>
    public const string Everything = $"GET https://127.0.0.1/x?{Sas} {Email} {Phone} {Order} {Key} {Token}";

    private static readonly string[] All =
    [
        Key[..8], "config-token", Email, "example.com", Phone, Order, "L-1", "token=", "tc_s", "collect.example", "sig=", "AccountKey", "http://", "https://",
        "127.0.0.1",
    ];

    public static void IsNowhereIn(IEnumerable<string> texts, params string[] more)
    {
        var told = texts.ToList();
        Assert.NotEmpty(told);
        Assert.All(told, text => Assert.All(All.Concat(more), secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>All that a host logs of an exception, and all that it could.</summary>
    public static IEnumerable<string> Texts(Exception failure)
    {
        yield return failure.ToString();
        foreach (System.Collections.DictionaryEntry entry in failure.Data)
        {
            yield return $"{entry.Key}={entry.Value}";
        }

        var inner = failure is AggregateException many ? many.InnerExceptions : failure.InnerException is { } one ? [one] : (IEnumerable<Exception>)[];
        foreach (var text in inner.SelectMany(Texts))
        {
            yield return text;
        }
    }
}

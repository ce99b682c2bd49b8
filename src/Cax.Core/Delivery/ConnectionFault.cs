namespace Cax.Core.Delivery;

/// <summary>Says why a connection failed, without the exception's text: that may hold the address, and with it the key.</summary>
public static class ConnectionFault
{
    /// <summary>The kind of the failure in a word or two.</summary>
    public static string Describe(Exception failure) => failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known
        ? known.HttpRequestError.ToString()
        : "connection fault";
}

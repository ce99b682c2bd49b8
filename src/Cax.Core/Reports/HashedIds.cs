using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Reports;

/// <summary>
/// Business ids as reports and receipts tell them: the first 32 hexadecimal digits of HMAC-SHA256 with the key <c>Cax__Identity__HashKey</c>. Whoever
/// has the key and an order id finds the order; nobody reads the ids out of a report.
/// </summary>
public sealed class HashedIds(IdentityOptions options)
{
    private readonly KeyedHash _hash = new(options.HashKey);

    /// <summary>The hash of an id.</summary>
    public string Of(string id)
    {
        Span<byte> digits = stackalloc byte[KeyedHash.Length];
        _hash.Write(Encoding.UTF8.GetBytes(id), digits);
        return Encoding.ASCII.GetString(digits);
    }
}

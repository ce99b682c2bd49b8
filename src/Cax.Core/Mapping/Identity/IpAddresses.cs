using System.Net;
using System.Net.Sockets;

namespace Cax.Core.Mapping.Identity;

/// <summary>Addresses of buyers' devices. The platform's parser also takes <c>1</c> and <c>0x7f.1</c>; nobody means those.</summary>
internal static class IpAddresses
{
    public static bool IsValid(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains('%') && !text.Contains('[') : text == address.ToString());
}

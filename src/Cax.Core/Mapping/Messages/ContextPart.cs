using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Mapping.Messages;

/// <summary>Page and device of a message (CAX reference 3.4). Both objects are written even when nothing is known (12.23).</summary>
internal static class ContextPart
{
    public static void Write(MessagePart message, Members context)
    {
        var page = context.OpenOrAdd("page"u8)!;
        var device = context.OpenOrAdd("device"u8)!;
        if (message.Object("context"u8) is not { } given)
        {
            return;
        }

        if (given.Object("page"u8) is { } givenPage)
        {
            givenPage.CopyText("url"u8, page, "url"u8);
            givenPage.CopyText("title"u8, page, "title"u8);
            givenPage.CopyText("referrer"u8, page, "referrer"u8);
            givenPage.CopyText("lang"u8, page, "lang"u8);
        }

        if (given.Object("device"u8) is { } givenDevice)
        {
            WriteIp(givenDevice, device);
            givenDevice.CopyText("userAgent"u8, device, "user_agent"u8);
            givenDevice.CopyText("lang"u8, device, "lang"u8);
            givenDevice.CopyText("timezone"u8, device, "timezone"u8);
            givenDevice.CopyText("cookie"u8, device, "cookie"u8);
        }
    }

    private static void WriteIp(MessagePart given, Members device)
    {
        if (given.Text("ip"u8) is not { } ip)
        {
            return;
        }

        if (IpAddresses.IsValid(ip))
        {
            device.SetText("ip"u8, ip);
        }
        else
        {
            given.Draft.Warn(ReasonCodes.InvalidMessage, given.At("ip"u8), "This is no IP address, so it was left out.");
        }
    }
}

using System.Text;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;

namespace CaxFunctions.ServiceBus;

/// <summary>Gets at the bytes of a message, in whichever of the three kinds of AMQP bodies its sender put them.</summary>
internal static class MessageBody
{
    /// <returns>The bytes; or why there are none, in words.</returns>
    public static (ReadOnlyMemory<byte> Bytes, string? Unreadable) Read(ServiceBusReceivedMessage message)
    {
        var body = message.GetRawAmqpMessage().Body;
        if (body.BodyType == AmqpMessageBodyType.Data)
        {
            return (message.Body.ToMemory(), null);
        }

        // Senders that speak JMS write a text message as a value.
        return body.TryGetValue(out var value) ? value switch
        {
            string text => (Encoding.UTF8.GetBytes(text), null),
            byte[] bytes => (bytes, null),
            ArraySegment<byte> bytes => (bytes, null),
            ReadOnlyMemory<byte> bytes => (bytes, null),
            _ => (default, "the body is an AMQP value that is neither text nor bytes: send the JSON as bytes or text"),
        } : (default, "the body is an AMQP sequence: send the JSON as bytes or text");
    }
}

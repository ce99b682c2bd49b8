using Azure.Messaging.ServiceBus;

namespace CaxFunctions.ServiceBus;

/// <summary>
/// Knows a lost lock among the failures of settling and renewing. Calls go through the host, which passes the broker's exception on as text only.
/// </summary>
internal static class LockLoss
{
    private static readonly string[] Words = ["MessageLockLost", "The lock supplied is invalid", "LockToken"];

    public static bool Is(Exception failure) =>
        failure is ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost }
        || Words.Any(word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}

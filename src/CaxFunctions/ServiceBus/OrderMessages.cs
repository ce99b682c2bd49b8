using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.ServiceBus;

/// <summary>Takes the messages of the queue that the setting <c>OrdersQueue</c> names.</summary>
public sealed class OrderMessages(MessageRuns runs)
{
    [Function(nameof(OrderMessages))]
    public Task RunAsync(
        [ServiceBusTrigger("%OrdersQueue%", Connection = "ServiceBusConnection", IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runs.RunAsync(nameof(OrderMessages), messages, actions, cancellation);
}

using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.ServiceBus;

/// <summary>Takes the messages of the queue that the setting <c>LeadsQueue</c> names.</summary>
public sealed class LeadMessages(MessageRuns runs)
{
    [Function(nameof(LeadMessages))]
    public Task RunAsync(
        [ServiceBusTrigger("%LeadsQueue%", Connection = "ServiceBusConnection", IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runs.RunAsync(nameof(LeadMessages), messages, actions, cancellation);
}

using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Tests.Support;
using Cax.Storage;
using Cax.Storage.Tests.Support;
using CaxFunctions.ServiceBus;
using CaxFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaxFunctions.Tests.ServiceBus;

/// <summary>Messages whose dead letters rest in a real blob store.</summary>
public sealed class RealStoreTests(Azurite azurite)
{
    [Fact]
    public async Task A_process_that_dies_between_parking_and_settling_leaves_the_same_blob_as_the_one_after_it()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        var queue = new QueueTwin(clock);
        var endpoint = new ScriptedEndpoint(clock);
        var container = await azurite.ContainerAsync();
        var entry = queue.Send($"[{MessageRig.Lead("L-1")},{{\"type\":\"lead.created\"}},{MessageRig.Lead("L-2")},{{\"type\":\"lead.created\",\"version\":1}}]");

        queue.FailsToSettle = _ => new OperationCanceledException("the process died here");
        await InvokeAsync(queue, endpoint, container);
        var (name, content) = await OnlyBlobAsync(container);
        Assert.Equal(QueueTwin.EntryState.Open, entry.State);

        clock.Advance(queue.LockDuration);
        queue.FailsToSettle = _ => null;
        await InvokeAsync(queue, endpoint, container);

        var (again, contentAgain) = await OnlyBlobAsync(container);
        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(name, again);
        Assert.Equal(Names(content), Names(contentAgain));
        Assert.Equal(2, Names(content).Count);
        Assert.Equal(2, endpoint.AcceptedIds.Distinct().Count());
    }

    [Fact]
    public async Task What_became_of_messages_is_told_by_receipts_in_a_container_of_their_own()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        var queue = new QueueTwin(clock);
        var (letters, reports) = (await azurite.ContainerAsync(), await azurite.ContainerAsync());
        var ids = new HashedIds(new IdentityOptions { HashKey = "key" });
        var receipts = new ReceiptBook(new BlobDocuments(reports), ids, TimeProvider.System);
        queue.Send(MessageRig.Lead("L-1"));
        queue.Send("{\"type\":\"lead.created\"}");

        await InvokeAsync(queue, new ScriptedEndpoint(clock), letters, receipts);

        var (_, content) = await OnlyBlobAsync(reports);
        var told = content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, told.Length);
        Assert.Single(told, line => line.Contains("\"outcome\":\"sent\"", StringComparison.Ordinal) && line.Contains(ids.Of("L-1"), StringComparison.Ordinal));
        Assert.Single(told, line => line.Contains("\"outcome\":\"deadLettered\"", StringComparison.Ordinal));
        Assert.All(told, line => Assert.Contains("\"delivery\":\"OrderMessages/", line, StringComparison.Ordinal));
    }

    /// <summary>One invocation of a process of its own.</summary>
    private static async Task InvokeAsync(QueueTwin queue, ScriptedEndpoint endpoint, BlobContainerClient container, ReceiptBook? receipts = null)
    {
        var options = new MessageRig().Options;
        var setup = new PipelineSetup(
            options, new RecordMapper(options.Mapping), new BlobDeadLetterStore(container, TimeProvider.System), endpoint, TimeProvider.System,
            receipts: receipts);
        var actions = queue.Actions();
        await new OrderMessages(new MessageRuns(setup, options, TimeProvider.System, NullLogger<MessageRuns>.Instance))
            .RunAsync(queue.Receive(10), actions, CancellationToken.None);
        actions.Ended = true;
    }

    private static async Task<(string Name, string Content)> OnlyBlobAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        var name = Assert.Single(names);
        return (name, (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString());
    }

    /// <summary>The names of the letters in a document; times differ from process to process.</summary>
    private static List<string> Names(string document) =>
        [.. document.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("\"name\":\"")[1].Split('"')[0])];
}

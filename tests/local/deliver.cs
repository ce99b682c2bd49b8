// Gives the Function app on this machine something to do.
//   dotnet run tests/local/deliver.cs message <queue> <file>      puts the file on a queue of the Service Bus emulator
//   dotnet run tests/local/deliver.cs export <file> [blob name]   uploads an export file and tells the app, as Event Grid does in Azure
//   dotnet run tests/local/deliver.cs replay <file> [blob name]   the same with a dead letter, into the replay container
// Connections and names come from local.settings.json (else the sample) in the current directory.
#:package Azure.Core
#:package Azure.Messaging.ServiceBus
#:package Azure.Storage.Blobs
#:property PublishAot=false
#:property UsesBlobs=true

using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

var settingsFile = File.Exists("local.settings.json") ? "local.settings.json" : "local.settings.sample.json";
using var settings = JsonDocument.Parse(File.ReadAllText(settingsFile));
string Setting(string name) => settings.RootElement.GetProperty("Values").GetProperty(name).GetString()!;

switch (args)
{
    case ["message", var queue, var file]:
        await using (var client = new ServiceBusClient(Setting("ServiceBusConnection")))
        await using (var sender = client.CreateSender(queue))
        {
            await sender.SendMessageAsync(new ServiceBusMessage(BinaryData.FromBytes(File.ReadAllBytes(file)))
            {
                MessageId = Path.GetFileName(file),
                ContentType = "application/json",
            });
        }

        Console.WriteLine($"{file} is on the queue {queue}.");
        return 0;
    case ["export", var file, ..]:
        return await UploadAsync("ExportFiles", Setting("ExportsContainer"), file, args.ElementAtOrDefault(2));
    case ["replay", var file, ..]:
        return await UploadAsync("ReplayedDeadLetters", Setting("ReplayContainer"), file, args.ElementAtOrDefault(2));
    default:
        Console.Error.WriteLine("Usage: deliver.cs message <queue> <file> | export <file> [blob name] | replay <file> [blob name]");
        return 2;
}

async Task<int> UploadAsync(string function, string containerName, string file, string? name)
{
    var container = new BlobContainerClient(Setting("CaxStorage"), containerName);
    await container.CreateIfNotExistsAsync();
    var blob = container.GetBlobClient(name ?? Path.GetFileName(file));
    await blob.UploadAsync(file, overwrite: true);
    Console.WriteLine($"{file} is in the container {containerName}.");

    // The name of an Event Grid subscriber is Host.Functions.<function>; a CloudEvent says which blob is meant.
    using var http = new HttpClient();
    using var notification = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:7071/runtime/webhooks/blobs?functionName=Host.Functions.{function}");
    notification.Headers.Add("aeg-event-type", "Notification");
    notification.Content = new StringContent(CloudEvent(blob, containerName), Encoding.UTF8, "application/json");
    try
    {
        using var answer = await http.SendAsync(notification);
        Console.WriteLine($"The app answered {(int)answer.StatusCode} to the notification of {function}.");
        return answer.IsSuccessStatusCode ? 0 : 1;
    }
    catch (HttpRequestException)
    {
        Console.Error.WriteLine("Nobody listens on port 7071. Start the app with func start, then run this again.");
        return 1;
    }
}

static string CloudEvent(BlobClient blob, string container)
{
    using var body = new MemoryStream();
    using (var json = new Utf8JsonWriter(body))
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", Guid.NewGuid());
        json.WriteString("type", "Microsoft.Storage.BlobCreated");
        json.WriteString("source", $"/local/{blob.AccountName}");
        json.WriteString("subject", $"/blobServices/default/containers/{container}/blobs/{blob.Name}");
        json.WriteString("time", DateTimeOffset.UtcNow);
        json.WriteStartObject("data");
        json.WriteString("api", "PutBlob");
        json.WriteString("blobType", "BlockBlob");
        json.WriteString("url", blob.Uri.AbsoluteUri);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    return Encoding.UTF8.GetString(body.ToArray());
}

using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace CaxFunctions.Tests;

/// <summary>What the host reads from the functions, against what <c>host.json</c> and the settings sample give it.</summary>
public sealed partial class FunctionAttributesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["OrderMessages"] = "queue %OrdersQueue% of ServiceBusConnection, batched, settled by hand",
        ["LeadMessages"] = "queue %LeadsQueue% of ServiceBusConnection, batched, settled by hand",
        ["ExportFiles"] = "blobs %ExportsContainer%/{name} of CaxStorage, told by Event Grid",
        ["ReplayedDeadLetters"] = "blobs %ReplayContainer%/{name} of CaxStorage, told by Event Grid",
        ["ResumeExports"] = "timer",
        ["SourceHealth"] = "timer",
    };

    private static readonly Dictionary<string, MethodInfo> Found = Assembly.Load("CaxFunctions").GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A test over all functions first makes sure that there are some.</summary>
    internal static Dictionary<string, MethodInfo> Functions
    {
        get
        {
            Assert.NotEmpty(Found);
            return Found;
        }
    }

    [Fact]
    public void Each_function_listens_where_it_should_and_there_is_no_other() => Assert.Equal(
        Expected.OrderBy(row => row.Key, StringComparer.Ordinal),
        Functions.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => KeyValuePair.Create(row.Key, Describe(Trigger(row.Value).Attribute))));

    [Fact]
    public void A_trigger_is_bound_to_a_type_that_carries_the_whole_thing() => Assert.All(Functions.Values, method =>
    {
        var (attribute, parameter) = Trigger(method);
        var type = attribute switch
        {
            ServiceBusTriggerAttribute => typeof(ServiceBusReceivedMessage[]),
            BlobTriggerAttribute => typeof(BlobClient),
            _ => typeof(TimerInfo),
        };

        Assert.Equal(type, parameter.ParameterType);
    });

    [Fact]
    public void The_host_can_call_each_function_and_ask_it_to_stop() => Assert.All(Functions.Values, method =>
    {
        Assert.True(method is { IsPublic: true, DeclaringType.IsPublic: true }, $"{method.Name} must be a public method of a public class");
        Assert.Contains(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
        Assert.Equal(typeof(Task), method.ReturnType);
    });

    [Fact]
    public void No_function_asks_the_host_to_retry_it() =>
        Assert.All(Functions.Values, method => Assert.Empty(method.GetCustomAttributes<RetryAttribute>()));

    [Fact]
    public void Each_name_that_a_trigger_looks_up_is_in_the_settings_sample()
    {
        using var document = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var sample = document.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name).ToList();

        var names = Functions.Values.SelectMany(method => Names(Trigger(method).Attribute)).Distinct().ToList();

        Assert.True(names.Count >= 6);
        Assert.Empty(names.Except(sample));
    }

    [Fact]
    public void The_host_has_settings_for_each_kind_of_trigger_and_agrees_on_who_settles()
    {
        using var document = JsonDocument.Parse(Repository.Read("host.json"));
        var extensions = document.RootElement.GetProperty("extensions");
        var serviceBus = extensions.GetProperty("serviceBus");
        var triggers = Functions.Values.Select(method => Trigger(method).Attribute).ToList();

        Assert.True(extensions.TryGetProperty("blobs", out _));
        Assert.All(
            triggers.OfType<ServiceBusTriggerAttribute>(),
            trigger => Assert.Equal(serviceBus.GetProperty("autoCompleteMessages").GetBoolean(), trigger.AutoCompleteMessages));
        Assert.NotEmpty(triggers.OfType<ServiceBusTriggerAttribute>());
        Assert.NotEmpty(triggers.OfType<BlobTriggerAttribute>());
    }

    private static (TriggerBindingAttribute Attribute, ParameterInfo Parameter) Trigger(MethodInfo method)
    {
        var parameter = Assert.Single(method.GetParameters(), candidate => candidate.GetCustomAttribute<TriggerBindingAttribute>() is not null);
        return (parameter.GetCustomAttribute<TriggerBindingAttribute>()!, parameter);
    }

    private static string Describe(TriggerBindingAttribute trigger) => trigger switch
    {
        ServiceBusTriggerAttribute bus =>
            $"queue {bus.QueueName} of {bus.Connection}, {(bus.IsBatched ? "batched" : "one by one")}, settled by {(bus.AutoCompleteMessages ? "the host" : "hand")}",
        BlobTriggerAttribute blob =>
            $"blobs {blob.BlobPath} of {blob.Connection}, {(blob.Source == BlobTriggerSource.EventGrid ? "told by Event Grid" : "found by looking")}",
        TimerTriggerAttribute => "timer",
        _ => trigger.GetType().Name,
    };

    private static IEnumerable<string> Names(TriggerBindingAttribute trigger)
    {
        var (text, connection) = trigger switch
        {
            ServiceBusTriggerAttribute bus => (bus.QueueName!, bus.Connection),
            BlobTriggerAttribute blob => (blob.BlobPath, blob.Connection),
            TimerTriggerAttribute timer => (timer.Schedule, null),
            _ => throw new InvalidOperationException($"{trigger.GetType().Name} is a kind of trigger that this test does not know."),
        };
        var tokens = Token().Matches(text).Select(match => match.Groups[1].Value);
        return connection is null ? tokens : tokens.Append(connection);
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Token();
}

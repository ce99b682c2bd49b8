using System.Net;
using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Telemetry;

namespace Cax.Core.Tests.Support;

/// <summary>Runs in which everything happens that the connector tells about: good and bad records of real-looking people, refusals, outages, failures of stores and sources.</summary>
public static class TroubledDay
{
    private const string Email = "ada.lovelace@example.com";
    private const string Phone = "+33612345678";
    private const string Order = "ORD-20931";
    private const string Token = "config-token-5f2c";
    private const string FileName = "ada-lovelace.ndjson";
    private const string Sas = "sig=Zm9vYmFy";

    private static readonly RunOptions Holding = new() { HoldFor = TimeSpan.FromMinutes(20) };

    /// <summary>What nothing may tell: keys, tokens, people, ids.</summary>
    public static readonly string[] Secrets =
        [PipelineRig.Key, Token, Sas, Email, "example.com", "lovelace", "Lovelace", Phone, "612345678", Order, "C-771", "generate_lead", "id-000", "token=", "tc_s", "collect.example", "/events"];

    public static async Task RunAsync(CaxTelemetry telemetry)
    {
        await MixedAsync(telemetry);
        await StoresAndSourcesFailAsync(telemetry);
        await OutagesAsync(telemetry);
        await RefusalsAsync(telemetry);
        await UnconfirmedAsync(telemetry, """{"data":[]}""", HttpStatusCode.OK);
        await UnconfirmedAsync(telemetry, "{\"errors\":[{\"code\":\"" + Token + "\",\"detail\":\"" + Email + "\"}]}", HttpStatusCode.Unauthorized);
        await BugAsync(telemetry);
    }

    private static async Task MixedAsync(CaxTelemetry telemetry)
    {
        var rig = new PipelineRig { Telemetry = telemetry };
        rig.Options = rig.Options with { Batching = new BatchingOptions { MaxEvents = 10, MaxBytes = 20_000 } };
        rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        string[] records =
        [
            .. Leads.Events(30, i => i == 7),
            Leads.Event("id-00001"),
            Leads.Event("id-00002", "\"note\":\"another\","),
            Person("id-10001"),
            Person("id-10002", $"\"value\":\"{Email}\","),
            Person("id-10003", $"\"note\":\"{new string('x', 40_000)}\","),
            .. Enumerable.Range(0, 3).Select(i => Person("id-2000" + i, $"\"note\":\"{new string('x', 15_000)}\",")),
            $$$"""{"type":"order.placed","version":1,"source":"shop","occurredAt":"{{{Email}}}","order":{"id":"{{{Order}}}","currency":"{{{Phone}}}"}}""",
            $$"""{"{{Email}}":"{{Phone}}"}""",
            $$"""{"customer":"{{Email}}" """,
        ];

        await rig.RunAsync(
            new TestDelivery(FileName, records) { Before = asked => asked == 3 ? Task.Delay(TimeSpan.FromSeconds(2), rig.Clock) : Task.CompletedTask },
            new TestDelivery("shop", Person("id-30002")) { Hints = new MappingHints(new ProfileChoice("woocommerce", ProfileRule.Queue), MessageProperties.Of([new(Email, Phone)])) },
            new TestDelivery("other shop", Person("id-30003")) { Hints = new MappingHints(new ProfileChoice(Email, ProfileRule.Property), MessageProperties.None) },
            new TestDelivery("unknown", Person("id-30001")) { To = Email });
        rig.Options = rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 1_000 } };
        await new PipelineRig { Telemetry = telemetry, Options = rig.Options }.RunAsync(new TestDelivery("room", Leads.Events(5)));
    }

    private static async Task StoresAndSourcesFailAsync(CaxTelemetry telemetry)
    {
        var clock = new TestClock();
        var receipts = new ReceiptBook(new InMemoryDocuments { Fails = true }, new HashedIds(new IdentityOptions { HashKey = PipelineRig.Key }), clock);
        var rig = new PipelineRig(clock) { Telemetry = telemetry, Receipts = receipts };
        rig.Options = rig.Options with { Duplicates = new DuplicateOptions { AcrossRuns = 7 } };
        rig.DeadLetters.Fails = true;

        await rig.RunAsync(
            new TestDelivery("OrderMessages/1", $$"""{"{{Email}}":1}"""),
            new TestDelivery("OrderMessages/2", Person("id-40001")) { FailsToSettle = new InvalidOperationException($"{Email} {Sas} {PipelineRig.Key}") },
            new TestDelivery("OrderMessages/3", Person("id-40002")) { FailsToSettle = new TimeoutException($"{Order} {Phone}"), LosesLock = true },
            new TestDelivery("OrderMessages/4", Person("id-40003")) { Held = rig.Clock.UtcNow.AddSeconds(1) });
    }

    private static async Task OutagesAsync(CaxTelemetry telemetry)
    {
        Answered[] answers = [503, -1, -2, new(429, "20"), new(200, Wait: TimeSpan.FromMinutes(5)), 302, 401, .. Enumerable.Repeat<Answered>(500, 20), 200];
        var asked = 0;
        var rig = new PipelineRig { Telemetry = telemetry };
        rig.Endpoint.Answer = _ =>
        {
            lock (answers)
            {
                return answers[Math.Min(asked++, answers.Length - 1)];
            }
        };
        await rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("held", Person("id-50001")));
        rig.Endpoint.Answer = _ => 404;
        await rig.RunAsync(new TestDelivery("given up", Person("id-50002")));
    }

    private static async Task RefusalsAsync(CaxTelemetry telemetry)
    {
        var rig = new PipelineRig { Telemetry = telemetry };
        rig.Endpoint.Answer = _ => 400;
        await rig.RunAsync(new TestDelivery("refused", Leads.Events(20)));
        var begin = rig.Clock.UtcNow;
        rig.Endpoint.Answer = posted => posted.At - begin < TimeSpan.FromMinutes(3) ? 413 : 200;
        await rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("refused and held", Leads.Events(20)));
    }

    private static async Task UnconfirmedAsync(CaxTelemetry telemetry, string answer, HttpStatusCode status)
    {
        var clock = new TestClock();
        using var api = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(answer) }));
        var rig = new PipelineRig(clock) { Telemetry = telemetry, Check = new SourceCheck(new ConfigApiOptions { Token = Token }, api, clock) };
        await rig.RunAsync(new TestDelivery("unconfirmed", Person("id-60001")));
    }

    private static async Task BugAsync(CaxTelemetry telemetry)
    {
        var rig = new PipelineRig { Telemetry = telemetry };
        rig.DeadLetters.Bug = new InvalidOperationException($"{Email} {PipelineRig.Key}");
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.RunAsync(new TestDelivery("bug", "{}")));
    }

    private static string Person(string id, string extra = "") =>
        Leads.Event(id, $$"""{{extra}}"order":"{{Order}}","contact":{"email":"{{Email}}","phone":"{{Phone}}","id":"C-771","name":"Lovelace"},""");
}

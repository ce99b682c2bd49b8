using System.Reflection;
using System.Text.RegularExpressions;
using Cax.Core.Telemetry;
using CaxFunctions.Telemetry;
using CaxFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Telemetry;

public sealed partial class PipelineLogTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 21, 9, 0, 20, TimeSpan.Zero);

    private static readonly Notice[] OneOfEach =
    [
        new DestinationClosed("outlet", ClosingCause.RetryAfter, Until, "HTTP 429"),
        new DestinationClosed("outlet", ClosingCause.Breaker, Until, "HTTP 503"),
        new DestinationClosed("outlet", ClosingCause.Misconfigured, Until, "HTTP 401"),
        new DestinationClosed("outlet", ClosingCause.RefusesAll, Until, "HTTP 400"),
        new DestinationOpened("outlet", TimeSpan.FromMinutes(3)),
        new DestinationGivenUp("outlet", "endpoint_unavailable", "HTTP 503"),
        new SourceKeyRefused("outlet", "the source was deleted"),
        new SourceKeyUnconfirmed("outlet", "HTTP 500"),
        new DeadLettersFailed(3, "IOException", "the disk is full"),
        new SettlementFailed("OrderMessages/41", "RpcException", false),
        new SettlementFailed("OrderMessages/42", "RpcException", true),
        new LocksLost("outlet", 7),
        new ReceiptsFailed(12, "IOException", "the store did not answer in time"),
        new ReceiptsUnread("IOException", "the store did not answer in time"),
    ];

    [Fact]
    public void Every_notice_is_logged_with_an_id_a_level_and_all_that_it_says()
    {
        using var book = new LogBook();
        var log = new PipelineLog(new Logger<PipelineLog>(book));

        foreach (var notice in OneOfEach)
        {
            log.Tell(notice);
        }

        Assert.Equal(
            [
                (500, LogLevel.Warning), (500, LogLevel.Warning), (501, LogLevel.Error), (502, LogLevel.Error), (503, LogLevel.Information), (504, LogLevel.Warning),
                (505, LogLevel.Error), (506, LogLevel.Warning), (507, LogLevel.Error), (508, LogLevel.Warning), (509, LogLevel.Warning), (510, LogLevel.Warning),
                (511, LogLevel.Warning), (512, LogLevel.Warning),
            ],
            book.Entries.Select(entry => (entry.Id, entry.Level)));
        Assert.All(book.Entries.Zip(OneOfEach), told => Assert.All(Said(told.Second), value => Assert.Contains(value, told.First.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_kind_of_notice_is_forgotten()
    {
        var kinds = typeof(Notice).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Notice)));

        Assert.Equal(kinds.OrderBy(kind => kind.Name), OneOfEach.Select(notice => notice.GetType()).Distinct().OrderBy(kind => kind.Name));
    }

    [Fact]
    public void The_readme_names_every_log_message_with_its_level_and_no_other()
    {
        var messages = typeof(PipelineLog).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => (message.EventId, Level: message.Level.ToString()))
            .ToList();
        var table = Table().Match(Repository.Read("README.md"));
        var documented = Row().Matches(table.Value).Select(row => (int.Parse(row.Groups[1].Value), row.Groups[2].Value)).ToList();

        Assert.Equal(messages.Select(message => message.EventId).Distinct().Count(), messages.Count);
        Assert.Equal(messages.Order(), documented.Order());
    }

    /// <summary>What a notice says, apart from what chooses its id.</summary>
    private static IEnumerable<string> Said(Notice notice) => notice.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Select(property => property.GetValue(notice))
        .Where(value => value is not (bool or ClosingCause))
        .Select(value => value is DateTimeOffset time ? time.ToString("u") : value!.ToString()!);

    [GeneratedRegex(@"<!-- log messages -->\n(\|.*\n)+")]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

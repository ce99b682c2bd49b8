using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using static Cax.Core.Tests.Reports.Files.FinishedRecords;
using static Cax.Core.Tests.Reports.Files.ReportSamples;

namespace Cax.Core.Tests.Reports.Files;

public sealed partial class ReportPageTests
{
    public static TheoryData<string> Samples => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_loads_nothing_runs_nothing_and_is_small(string name)
    {
        var page = All[name].WritePage();
        var html = Encoding.UTF8.GetString(page);

        Assert.True(page.Length < 1_000_000, $"{page.Length} bytes");
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"", html, StringComparison.Ordinal);
        Assert.Equal(Tags, Tag().Matches(html).Select(tag => tag.Groups[1].Value).Union(Tags).Order(StringComparer.Ordinal));
        Assert.All(Tag().Matches(html).Select(tag => tag.Value), tag => Assert.DoesNotMatch(Active(), tag));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Nothing_in_it_hides_or_turns_what_is_read(string name) => Assert.All(
        Encoding.UTF8.GetString(All[name].WritePage()).Where(character => character is not '\n'),
        character => Assert.True(CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format), $"U+{(int)character:X4}"));

    [Fact]
    public void A_name_is_shown_as_what_it_is()
    {
        var html = Encoding.UTF8.GetString(All["hostile"].WritePage());

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;/\uFFFDfdp.sredro\uFFFD/", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<iframe", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0, 0, 0, "There is no record in this file, so nothing had to be sent.", FileVerdict.Empty)]
    [InlineData(1, 0, 0, "The only record was sent.", FileVerdict.Sent)]
    [InlineData(2, 0, 0, "Both records were sent.", FileVerdict.Sent)]
    [InlineData(1_200, 0, 0, "All 1 200 records were sent.", FileVerdict.Sent)]
    [InlineData(7, 0, 3, "7 of 10 records were sent, 3 skipped by rule. Nothing was rejected.", FileVerdict.Sent)]
    [InlineData(0, 0, 3, "All 3 records were skipped by rule. Nothing had to be sent.", FileVerdict.Sent)]
    [InlineData(9, 1, 0, "1 of 10 records was rejected. The other 9 were sent.", FileVerdict.SentWithRejections)]
    [InlineData(1, 1, 0, "1 of 2 records was rejected. The other one was sent.", FileVerdict.SentWithRejections)]
    [InlineData(5, 3, 2, "3 of 10 records were rejected. 5 were sent, 2 skipped by rule.", FileVerdict.SentWithRejections)]
    [InlineData(0, 3, 2, "3 of 5 records were rejected. The other 2 were skipped by rule.", FileVerdict.SentWithRejections)]
    [InlineData(0, 3, 0, "All 3 records were rejected. Nothing was sent.", FileVerdict.SentWithRejections)]
    [InlineData(5, 0, 1, "This file is not done yet. It goes on by itself, or with the same command. So far, 5 records were sent, 1 skipped.", FileVerdict.Waiting)]
    [InlineData(0, 0, 0, "This file is not done yet. It goes on by itself, or with the same command. So far, nothing was sent.", FileVerdict.Waiting)]
    [InlineData(1, 0, 0, "The file was deleted or written anew before it was read to its end. Before that, 1 record was sent.", FileVerdict.Gone)]
    public void The_verdict_is_a_sentence(int sent, int rejected, int skipped, string sentence, FileVerdict verdict)
    {
        var line = 1;
        var report = Of(
            Facts with { Verdict = verdict },
            [
                .. Enumerable.Range(0, sent).Select(_ => Sent(++line)),
                .. Enumerable.Range(0, rejected).Select(_ => Faulty(++line, ReasonCodes.MalformedRow, "x")),
                .. Enumerable.Range(0, skipped).Select(_ => Skipped(++line, "draft")),
            ]);

        Assert.Contains($"<h1>{sentence}</h1>", Encoding.UTF8.GetString(report.WritePage()).Replace('\u202F', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbouring_lines_are_drawn_together_and_what_is_left_out_is_counted()
    {
        var lines = Enumerable.Range(10, 500).Concat(Enumerable.Range(1_000, 60).Select(i => 2 * i));
        var html = Encoding.UTF8.GetString(Of(
            Facts with { Verdict = FileVerdict.SentWithRejections }, lines.Select(line => Faulty(line, ReasonCodes.MalformedRow, "the row has 5 fields"))).WritePage());

        Assert.Contains("</span> 10–509, 2000, 2002, ", html, StringComparison.Ordinal);
        Assert.Contains(", 2096 and 11 more</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_how_to_replay_what_is_not_the_fault_of_the_data()
    {
        var html = Encoding.UTF8.GetString(All["sent-with-rejections"].WritePage());

        Assert.Contains("cax replay DEAD-LETTERS <span>--reason consent_unknown</span>", html, StringComparison.Ordinal);
        Assert.Contains("cax replay DEAD-LETTERS <span>--reason refused</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("--reason malformed_row", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        var codes = typeof(ReasonCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();

        Assert.All(codes, code => Assert.NotSame(ReasonWords.Of("a rule of some profile"), ReasonWords.Of(code)));
        Assert.Equal(codes.Count, codes.Select(code => ReasonWords.Of(code).Meaning).Distinct().Count());
        Assert.All(codes, code => Assert.EndsWith(".", ReasonWords.Of(code).Advice, StringComparison.Ordinal));
    }

    private static readonly string[] Tags =
    [
        "!doctype", "bdi", "body", "caption", "code", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h3", "head", "header", "html", "li", "main",
        "meta", "ol", "p", "path", "pre", "rect", "section", "small", "span", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
    ];

    [GeneratedRegex("<([a-z!][a-z0-9]*)[^>]*>")]
    private static partial Regex Tag();

    /// <summary>What would load or run something.</summary>
    [GeneratedRegex(@"\s(on[a-z]+|src|href|action|style|srcset|data)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Active();
}

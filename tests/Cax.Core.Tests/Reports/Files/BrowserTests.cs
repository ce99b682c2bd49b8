using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Cax.Core.Tests.Reports.Files;

/// <summary>Reports in a real browser: as wide as a phone and as a screen, by day and by night. The pictures stay beside the tests' output, to be looked at.</summary>
public sealed class BrowserTests
{
    private static readonly TimeSpan LookTime = TimeSpan.FromMinutes(5);

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    [Fact]
    public async Task Every_report_is_readable_on_a_phone_and_on_a_screen_by_day_and_by_night()
    {
        var browser = Browsers.Select(NpmFolder.Find).FirstOrDefault(found => found is not null);
        Assert.SkipUnless(NpmFolder.IsPossible, "Node.js with npm is not on this machine, and driving a browser needs it.");
        Assert.SkipWhen(browser is null, "Neither Chromium nor Chrome nor Edge is on this machine, so nobody looked at the pages.");
        var pictures = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "report-pages"));
        foreach (var (name, report) in ReportSamples.All)
        {
            await File.WriteAllBytesAsync(Path.Combine(pictures.FullName, name + ".html"), report.WritePage());
        }

        var looks = await LookAsync(browser!, pictures.FullName);

        Assert.Equal(4 * ReportSamples.All.Count, looks.Count);
        Assert.All(looks, look =>
        {
            var place = $"{look.Page} at {look.Width} px, {look.ColorScheme}";
            var report = ReportSamples.All[Path.GetFileNameWithoutExtension(look.Page)];
            Assert.True(look.Complaints.Length == 0, $"{place}: {string.Join("; ", look.Complaints)}");
            Assert.True(look.Requests == 1, $"{place}: the page loads something");
            Assert.True(look.Scripts == 0, $"{place}: the page holds a script");
            Assert.True(look.PageWidth <= look.Width && look.TooWide.Length == 0, $"{place}: {look.PageWidth} px wide: {string.Join(", ", look.TooWide)}");
            Assert.True(look.LowContrast.Length == 0, $"{place}: hard to read: {string.Join("; ", look.LowContrast)}");
            Assert.True(look.VerdictTop is > 0 and < 300, $"{place}: the verdict is not seen at once");
            Assert.False(string.IsNullOrWhiteSpace(look.Title), place);
            Assert.Contains(look.Verdict.Replace('\u202F', ' '), Summary(report).Replace('\u202F', ' '), StringComparison.Ordinal);
        });
    }

    private static string Summary(Core.Reports.Files.FileReport report)
    {
        using var json = JsonDocument.Parse(report.WriteJson());
        return json.RootElement.GetProperty("meta").GetProperty("summary").GetString()!;
    }

    private static async Task<List<Look>> LookAsync(string browser, string pictures)
    {
        var folder = new NpmFolder(Folder());
        await folder.InstallAsync();
        var output = new StringBuilder();
        using var node = folder.Node("look.js", browser, pictures);
        NpmFolder.Begin(node, output);
        try
        {
            await node.WaitForExitAsync().WaitAsync(LookTime);
        }
        catch (TimeoutException e)
        {
            node.Kill(entireProcessTree: true);
            throw new InvalidOperationException("The browser did not end in time: " + output, e);
        }

        Assert.True(node.ExitCode == 0, output.ToString());
        return [.. output.ToString().Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<Look>(line, JsonSerializerOptions.Web)!)];
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "browser");

    private sealed record Look(
        string Page, int Width, string ColorScheme, string[] Complaints, int Requests, string Title, string Verdict, int VerdictTop, int PageWidth,
        string[] TooWide, string[] LowContrast, int Scripts);
}

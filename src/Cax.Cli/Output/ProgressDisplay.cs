using System.Globalization;
using Cax.Cli.Input;
using Cax.Core.Delivery;
using Cax.Core.Reports;
using Spectre.Console;

namespace Cax.Cli.Output;

/// <summary>Shows how a run goes on while it does: redrawn in place on a terminal, else a plain line now and then.</summary>
internal sealed class ProgressDisplay(CliConsole console, bool plain)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(2);

    private readonly long _start = console.Time.GetTimestamp();

    /// <summary>Waits for the end of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="accounts">The accounts at this moment.</param>
    /// <param name="troubles">The destinations that take nothing at this moment.</param>
    /// <param name="file">How far the file is that is read; null where nobody knows how long the input is.</param>
    public async Task<T> WatchAsync<T>(
        Task<T> run, Func<Accounts> accounts, Func<IReadOnlyDictionary<string, Trouble>> troubles, FileWatch? file = null)
    {
        if (plain || !console.CanRedraw)
        {
            await EveryAsync(Line, run, () =>
            {
                console.Say(Sentence(accounts()) + (file is null ? "" : $"; {Estimate(file, accounts())}"));
                foreach (var trouble in Sentences(troubles()))
                {
                    console.Say(trouble);
                }
            });
        }
        else
        {
            await Terminal().Live(Picture(accounts())).AutoClear(true).StartAsync(live =>
                EveryAsync(Redraw, run, () => live.UpdateTarget(new Rows(
                    [Picture(accounts()), .. Bar(file, accounts()), .. Sentences(troubles()).Select(trouble => new Text(trouble, new Style(Color.Yellow)))]))));
        }

        return await run;
    }

    private async Task EveryAsync(TimeSpan pause, Task run, Action show)
    {
        using var ended = new CancellationTokenSource();
        while (await Task.WhenAny(run, Task.Delay(pause, console.Time, ended.Token)) != run)
        {
            show();
        }

        await ended.CancelAsync();
    }

    private IAnsiConsole Terminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = console.WantsColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(console.Error),
        });
        terminal.Profile.Width = console.Width;
        return terminal;
    }

    private Table Picture(Accounts now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var name in (string[])["records read", "sent", "parked", "skipped", "returned", "requests", "time"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        return table.AddRow(
            Cell(now.Records.Total, Style.Plain),
            Cell(now.Records.Sent, new Style(Color.Green)),
            Cell(now.Records.DeadLettered, now.Records.DeadLettered == 0 ? Style.Plain : new Style(Color.Red)),
            Cell(now.Records.Skipped, Style.Plain),
            Cell(now.Records.Returned, now.Records.Returned == 0 ? Style.Plain : new Style(Color.Red)),
            Cell(now.Requests, Style.Plain),
            new Text(Elapsed()));
    }

    private string Sentence(Accounts now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed()}  records read {now.Records.Total:N0}, sent {now.Records.Sent:N0}, parked {now.Records.DeadLettered:N0}, skipped {now.Records.Skipped:N0}, returned {now.Records.Returned:N0}; requests {now.Requests:N0}");

    private IEnumerable<string> Sentences(IReadOnlyDictionary<string, Trouble> troubles) => troubles.Select(trouble => string.Create(
        CultureInfo.InvariantCulture,
        $"destination {trouble.Key}: {trouble.Value.Why}, for {console.Time.GetUtcNow() - trouble.Value.Since:hh\\:mm\\:ss} now; waiting to try again"));

    private IEnumerable<Text> Bar(FileWatch? file, Accounts now)
    {
        if (file is null)
        {
            yield break;
        }

        const int Width = 30;
        var full = (int)(file.Share * Width);
        yield return new Text($"[{new string('#', full)}{new string('.', Width - full)}]  {Printable.Of(file.Name)}");
        yield return new Text(Estimate(file, now));
    }

    /// <summary>How much of the file was read, how fast it goes, and how long it will take at this rate.</summary>
    private string Estimate(FileWatch file, Accounts now)
    {
        var elapsed = console.Time.GetElapsedTime(_start);
        var rate = elapsed > TimeSpan.Zero ? now.Records.Total / elapsed.TotalSeconds : 0;
        var left = file.Share is > 0 and < 1 ? elapsed * ((1 - file.Share) / file.Share) : TimeSpan.Zero;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * file.Share):N0} % read, {rate:N0} records/s, about {left:hh\\:mm\\:ss} left");
    }

    private string Elapsed() => console.Time.GetElapsedTime(_start).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static Text Cell(long number, Style style) => new(number.ToString("N0", CultureInfo.InvariantCulture), style);
}

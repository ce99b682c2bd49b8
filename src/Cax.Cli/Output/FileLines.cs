using System.Text.Json;
using Cax.Core.Exports;
using Cax.Core.Reports.Files;

namespace Cax.Cli.Output;

/// <summary>What came of each file, and where its report lies.</summary>
internal static class FileLines
{
    public static void Print(CliConsole console, IReadOnlyList<SentFile> files)
    {
        foreach (var file in files)
        {
            console.Out.WriteLine();
            AccountsText.PrintWrapped(console.Out, $"{Printable.Of(file.Path)}: {Sentence(file.Result)}", "", 0);
            if (file.Page is { } page)
            {
                console.Out.WriteLine($"  report  {Printable.Of(page)}");
            }

            if (file.Result.Repair is { } repair)
            {
                console.Out.WriteLine($"  repair  {Printable.Of(repair)}");
            }
        }
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<SentFile> files)
    {
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteString("ending", Name(file.Result.Ending));
            json.WriteText("verdict", file.Result.Verdict is { } verdict ? Name(verdict) : null);
            json.WriteText("why", file.Result.Why);
            json.WriteText("report", file.Page);
            json.WriteText("repair", file.Result.Repair);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Sentence(ExportResult result) => (result.Ending, result.Verdict) switch
    {
        (ExportEnding.WasDone, _) => "was sent before, so nothing was done; --force sends it again.",
        (ExportEnding.Busy, _) => "another process works on it now; nothing was done.",
        (ExportEnding.Waiting, _) => $"not finished, because {result.Why}. The same command goes on where this one ended.",
        (_, FileVerdict.Sent) => "everything was sent or skipped.",
        (_, FileVerdict.SentWithRejections) => "some of it was parked.",
        (_, FileVerdict.Refused) => $"refused as a whole, nothing was sent. {result.Why}",
        (_, FileVerdict.Empty) => "has no records, so there was nothing to send.",
        (_, FileVerdict.Repeated) => $"skipped: {result.Why}; --force sends it again.",
        (_, FileVerdict.Gone) => $"{result.Why}.",
        _ => "done.",
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

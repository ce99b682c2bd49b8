using System.CommandLine;
using Cax.Cli.Input;
using Cax.Cli.Validation;
using Cax.Core;
using Cax.Core.Events;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Cli.Commands;

/// <summary><c>cax validate</c>: what is wrong with files, line by line.</summary>
internal sealed class ValidateCommand(CliConsole console, IFindingsOutput output)
{
    private const string Summary = "Says line by line what sending would find wrong with the records of files.";

    private const string Details = """
        Sends nothing, writes nothing, and needs no site and no key.

        A finding reads FILE:LINE:COLUMN: error CODE PATH: what is wrong. Columns count
        bytes. Codes such as CAX030 are rules of CAX.

        Exit codes (the highest that applies):
          0    no error
          1    an error; with --strict also a warning
          2    usage or configuration
          130  interrupted
        """;

    private bool _unreadable;

    public static Command Create(CliConsole console)
    {
        var command = new DetailedCommand("validate", Summary, Details);
        var files = new Argument<string[]>("FILE") { Description = "The files, or - for standard input", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print the findings as one JSON object" };
        command.Arguments.Add(files);
        var settings = SettingOptions.ForReading(command);
        var mappings = MappingArguments.For(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = settings.Read(console, parsed, needsDestination: false);
            var input = InputFiles.Check(console, parsed.GetValue(files)!);
            var mapping = mappings.Read(console, parsed, options);
            if (options is null || input is null || mapping is null)
            {
                return ExitCode.Usage;
            }

            using var asJson = parsed.GetValue(json) ? new FindingsJson(console) : null;
            return await new ValidateCommand(console, asJson ?? (IFindingsOutput)new FindingsText(console)).RunAsync(options, input, mapping, cancellation);
        });
        return command;
    }

    private async Task<int> RunAsync(CaxOptions options, InputFiles input, ChosenMapping mapping, CancellationToken cancellation)
    {
        var judge = new RecordJudge(options, mapping.Mapper, mapping.Hints, console.Time);
        long errors = 0;
        long warnings = 0;
        foreach (var source in input.Sources())
        {
            var name = source.Name;
            await using var file = await OpenAsync(source, options.Sources, mapping, cancellation);
            if (file is null)
            {
                continue;
            }

            var ids = EnvelopeIds.For(file.Beginning.Span);
            await foreach (var record in ReadAsync(file, name, cancellation))
            {
                foreach (var found in judge.Judge(name, source.ReceivedAt, record, ids))
                {
                    _ = found.Finding.Severity == Severity.Error ? errors++ : warnings++;
                    output.Add(found);
                }
            }
        }

        output.End(new ValidationTotals(judge.Records, judge.Events, errors, warnings));
        return _unreadable ? ExitCode.Usage : errors > 0 || (options.Events.Strict && warnings > 0) ? ExitCode.Parked : ExitCode.Done;
    }

    /// <summary>A file, opened; null when it cannot be read, which is then told.</summary>
    private async Task<RecordFile?> OpenAsync(StreamSource source, SourceOptions options, ChosenMapping mapping, CancellationToken cancellation)
    {
        try
        {
            return await RecordFile.OpenAsync(await source.Open(cancellation), source.Name, options, mapping.Catalog, mapping.Hints, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say($"{source.Name}: {e.Message}");
            _unreadable = true;
            return null;
        }
    }

    /// <summary>The records of a file, up to where it breaks off.</summary>
    private async IAsyncEnumerable<Record> ReadAsync(
        RecordFile file, string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var records = file.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await records.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (IOException e)
            {
                console.Say($"{name}: {e.Message}");
                _unreadable = true;
                yield break;
            }

            yield return records.Current;
        }
    }
}

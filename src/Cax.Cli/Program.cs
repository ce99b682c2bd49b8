using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Cax.Cli;

// The commands are in Commands/, one file each: send, validate, check, simulate, demo, replay.
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first press lets the run end orderly; the second one ends the process.
    pressed.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
});

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = !Console.IsOutputRedirected };
await using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
await using var input = Console.OpenStandardInput();
var exit = await CaxApp.RunAsync(
    args,
    new CliConsole
    {
        Out = output,
        Error = error,
        Input = input,
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal),
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsErrorRedirected || Console.WindowWidth <= 0 ? 80 : Console.WindowWidth,
    },
    interrupted.Token);
try
{
    await output.FlushAsync();
}
catch (IOException e)
{
    await error.WriteLineAsync("cax: the result cannot be written: " + e.Message);
    exit = Math.Max(exit, ExitCode.Usage);
}

return exit;

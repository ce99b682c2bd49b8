using System.Text;
using System.Text.Json;

namespace Cax.Cli.Tests.Support;

/// <summary>Runs the real command line in this process.</summary>
internal sealed class Terminal
{
    public const string Key = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";

    private readonly Dictionary<string, string> _environment = new()
    {
        ["Cax__Delivery__BackoffBase"] = "00:00:00.0010000",
        ["Cax__Reports__Directory"] = Path.Combine(AppContext.BaseDirectory, "reports", Guid.NewGuid().ToString("N")),
    };

    public Stream Input { get; init; } = Stream.Null;

    public bool IsTerminal { get; init; }

    public TextWriter? Error { get; init; }

    public string this[string setting]
    {
        set => _environment[setting] = value;
    }

    /// <summary>A command line with everything that sending needs.</summary>
    public static Terminal For(Uri endpoint, Stream? input = null, bool isTerminal = false) => new()
    {
        Input = input ?? Stream.Null,
        IsTerminal = isTerminal,
        ["Cax__Endpoint"] = endpoint.AbsoluteUri,
        ["Cax__SiteId"] = "29",
        ["Cax__SourceKey"] = Key,
    };

    public async Task<CliResult> RunAsync(string[] args, CancellationToken? cancellation = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CaxApp.RunAsync(
            args,
            new CliConsole
            {
                Out = output,
                Error = Error ?? error,
                Input = Input,
                Environment = _environment,
                OutIsTerminal = IsTerminal,
                ErrorIsTerminal = IsTerminal,
            },
            cancellation ?? TestContext.Current.CancellationToken);
        return new CliResult(exit, output.ToString(), error.ToString());
    }

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(args, null);

    public static MemoryStream Typed(string text) => new(Encoding.UTF8.GetBytes(text));
}

/// <summary>What a command came to.</summary>
internal sealed record CliResult(int Exit, string Out, string Error)
{
    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement.Clone();

    public long Number(params string[] path)
    {
        var at = Json;
        foreach (var name in path)
        {
            at = at.GetProperty(name);
        }

        return at.GetInt64();
    }
}

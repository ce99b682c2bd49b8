using System.Text.RegularExpressions;

namespace Cax.Cli;

/// <summary>Everything of the outside world that a command uses, so that tests run the real commands.</summary>
internal sealed partial record CliConsole
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress and diagnostics.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Whether colours are welcome where a terminal is: <c>NO_COLOR</c> with any value says no.</summary>
    public bool WantsColour => !Environment.TryGetValue("NO_COLOR", out var no) || no.Length == 0;

    /// <summary>Whether the terminal can move its cursor.</summary>
    public bool CanRedraw => ErrorIsTerminal && Environment.GetValueOrDefault("TERM") != "dumb";

    /// <summary>A line of diagnostics. It may repeat what was typed, so the signature of a SAS is taken out of it.</summary>
    public void Say(string line) => Error.WriteLine("cax: " + Signature().Replace(line, "***"));

    [GeneratedRegex(@"(?<=\bsig=)[^&\s'""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}

using System.CommandLine;

namespace Cax.Cli.Commands;

/// <summary>A command with a line for the list of commands and a text for its own help.</summary>
internal sealed class DetailedCommand(string name, string summary, string details) : Command(name, summary)
{
    /// <summary>The command was asked for: its help is the whole text.</summary>
    public void ShowDetails() => Description += "\n\n" + details;
}

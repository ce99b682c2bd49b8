namespace Cax.Cli.Output;

/// <summary>Paints text for a terminal, and leaves it alone for everything else.</summary>
internal sealed class Ink(bool paints)
{
    public static Ink For(CliConsole console) => new(console.OutIsTerminal && console.WantsColour);

    public string Bold(string text) => Paint("1", text);

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31", text);

    public string Careful(string text) => Paint("33", text);

    private string Paint(string style, string text) => paints ? $"\e[{style}m{text}\e[0m" : text;
}

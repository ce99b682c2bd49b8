using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>What a draft gathers while it is made: notes, parameters, and the columns that it uses.</summary>
internal sealed class DraftPage
{
    private const string Open = "Fill in: ";

    private readonly List<string> _notes = [];

    public JsonObject Parameters { get; } = [];

    public HashSet<SampleColumn> Used { get; } = [];

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What somebody has to fill in.</summary>
    public IReadOnlyList<string> Lacks => _notes.FindAll(note => note.StartsWith(Open, StringComparison.Ordinal));

    public void Assume(string what) => Note("Assumed: " + what);

    public void Check(string what) => Note("Check: " + what);

    public void FillIn(string what) => Note(Open + what);

    /// <summary>A parameter whose default is to be filled in.</summary>
    public JsonObject Parameter(string name, string description)
    {
        Parameters[name] ??= new JsonObject { ["description"] = description };
        return new JsonObject { ["parameter"] = name };
    }

    /// <summary>One that says the same of the same column twice says it once.</summary>
    private void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }
}

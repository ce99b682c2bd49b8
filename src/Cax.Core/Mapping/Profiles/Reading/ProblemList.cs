namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>The mistakes of one document: each told once, and the first two hundred only.</summary>
internal sealed class ProblemList(string place, ICollection<ProfileProblem> to)
{
    private const int Most = 200;

    private readonly HashSet<(string Path, string Message)> _told = [];

    public bool IsEmpty => _told.Count == 0;

    public void Add(Spot at, string message, string? suggestion = null) => Add(at.Path, message, suggestion);

    public void Add(string path, string message, string? suggestion = null)
    {
        if (_told.Count < Most && _told.Add((path, message)))
        {
            to.Add(new ProfileProblem(place, path, message, suggestion));
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Profiles.Reading;
using Cax.Core.Mapping.Profiles.Records;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles;

/// <summary>
/// The profiles of a process: the built-in ones and those of its owner. One of the owner takes the place of a built-in one of the same name. A catalogue
/// does not change; a new one takes its place when a profile was written anew.
/// </summary>
public sealed class ProfileCatalog
{
    /// <summary>How many profiles an owner can have.</summary>
    public const int MostDocuments = 200;

    private readonly Dictionary<string, Profile> _profiles = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _broken = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ProfileProblem> _problems = [];
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _parameters;
    private readonly Profile[] _recognisable;
    private readonly Profile[] _ofRows;

    /// <param name="parameters">Values of the settings, by profile and parameter.</param>
    /// <param name="documents">The profiles of the owner; those above <see cref="MostDocuments"/> are not used.</param>
    /// <param name="earlier">The catalogue that this one replaces: a profile that has mistakes now stays as it was there.</param>
    public ProfileCatalog(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> parameters, IReadOnlyList<ProfileDocument> documents, ProfileCatalog? earlier = null)
    {
        _parameters = parameters;
        var own = new Dictionary<string, ProfileDocument>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in documents.Take(MostDocuments))
        {
            var name = NameOf(document, earlier);
            if (!own.TryAdd(name, document))
            {
                _problems.Add(new ProfileProblem(document.Place, "$.profile", $"Another document has the profile {name} too; this one is not used.", null));
            }
        }

        // A built-in profile of the same name is not what its owner means: it neither steps in, nor do the settings speak of it.
        foreach (var document in BuiltInProfiles.Documents)
        {
            if (NameOf(document, null) is var name && !own.ContainsKey(name))
            {
                AddBuiltIn(name, document, parameters);
            }
        }

        foreach (var (name, document) in own)
        {
            Add(name, document, parameters, earlier);
        }

        if (documents.Count > MostDocuments)
        {
            _problems.Add(new ProfileProblem(
                documents[MostDocuments].Place, "$", FormattableString.Invariant($"There are more than {MostDocuments} profiles; this one and those after it are not used."), null));
        }

        _recognisable = [.. _profiles.Values.Where(profile => profile is { Recognise: not null, Input.Csv: null })];
        _ofRows = [.. Profiles.Where(profile => profile is { Recognise: not null, Input.Csv.Header: true })];
    }

    /// <summary>The built-in profiles, with their own defaults.</summary>
    public static ProfileCatalog BuiltIn { get; } = new(NoParameters, []);

    /// <summary>The built-in profiles and these, with their own defaults.</summary>
    public static ProfileCatalog Of(IReadOnlyList<ProfileDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return documents.Count == 0 ? BuiltIn : new ProfileCatalog(NoParameters, documents);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> NoParameters => [];

    private static Dictionary<string, string> NoValues => [];

    /// <summary>The mistakes of all documents.</summary>
    public IReadOnlyList<ProfileProblem> Problems => _problems;

    /// <summary>The names of the profiles, in order.</summary>
    public IReadOnlyList<string> Names => [.. _profiles.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The profiles that can be used, in the order of their names.</summary>
    public IReadOnlyList<ProfileSummary> Summaries => [.. Profiles.Select(ProfileSummary.Of)];

    /// <summary>
    /// What changes when a profile or one of its parameters does: sixteen hexadecimal digits. Of no profile: what changes when any of them does, for each may
    /// be the one that knows the shape of a record.
    /// </summary>
    public string VersionOf(ProfileChoice? profile)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in profile is null ? Names : [profile.Name])
        {
            hash.AppendData(Find(name) is { } known ? known.Document.Utf8.Span : default);
            foreach (var (parameter, value) in (_parameters.GetValueOrDefault(name) ?? NoValues).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{name}\u001F{parameter}\u001F{value}\u001F"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    internal IEnumerable<Profile> Profiles => Names.Select(name => _profiles[name]);

    internal Profile? Find(string name) => _profiles.GetValueOrDefault(name);

    /// <summary>The profiles of rows that can be asked whether they know a header, in the order of their names.</summary>
    internal IReadOnlyList<Profile> OfRows => _ofRows;

    /// <summary>The names of the profiles, and those of documents that cannot be used.</summary>
    internal IEnumerable<string> Given => _profiles.Keys.Concat(_broken);

    /// <summary>Whether there is a profile of that name, be it one that cannot be used.</summary>
    public bool Has(string name) => _profiles.ContainsKey(name) || _broken.Contains(name);

    /// <summary>Whether there is a document of that name which cannot be used.</summary>
    internal bool IsBroken(string name) => _broken.Contains(name);

    /// <summary>The profiles that know the shape of a message.</summary>
    internal (Profile? Only, IReadOnlyList<Profile> Others) Recognise(JsonTape tape, RecordOrigin origin)
    {
        var at = Evaluation.Begin(tape, origin);
        try
        {
            return Recognise(at);
        }
        finally
        {
            at.End();
        }
    }

    private (Profile? Only, IReadOnlyList<Profile> Others) Recognise(Evaluation at)
    {
        Profile? only = null;
        List<Profile>? others = null;
        foreach (var profile in _recognisable)
        {
            if (!RecordFinder.Recognises(at, profile))
            {
                continue;
            }

            if (only is null)
            {
                only = profile;
            }
            else
            {
                (others ??= []).Add(profile);
            }
        }

        return (only, others is null ? [] : others);
    }

    /// <summary>One that nobody set a parameter of is the same in every catalogue, so it is compiled once.</summary>
    private void AddBuiltIn(string name, ProfileDocument document, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> parameters)
    {
        // Null while the built-in profiles themselves are put together.
        var first = (ProfileCatalog?)BuiltIn;
        if (first?.Find(name) is { } compiled && parameters.GetValueOrDefault(name) is not { Count: > 0 })
        {
            _profiles[name] = compiled;
        }
        else
        {
            Add(name, document, parameters, null);
        }
    }

    private void Add(
        string name, ProfileDocument document, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> parameters, ProfileCatalog? earlier)
    {
        if (Read(document, parameters.GetValueOrDefault(name) ?? new Dictionary<string, string>()) is { } profile)
        {
            _profiles[name] = profile;
            return;
        }

        if (earlier?.Find(name) is { } good && good.Document.Place == document.Place)
        {
            _profiles[name] = good;
        }
        else
        {
            _broken.Add(name);
        }
    }

    /// <summary>Null when it has mistakes, which are then among the problems.</summary>
    private Profile? Read(ProfileDocument document, IReadOnlyDictionary<string, string> parameters)
    {
        if (document.Utf8.Length > ProfileDocument.MostBytes)
        {
            _problems.Add(new ProfileProblem(
                document.Place, "$", FormattableString.Invariant($"The document has more than {ProfileDocument.MostBytes} bytes."), null));
            return null;
        }

        var before = _problems.Count;
        var profile = ProfileReader.Read(document, parameters, _problems);
        return _problems.Count == before ? profile : null;
    }

    /// <summary>The name that a document gives itself. When it cannot be read: the name it had, else that of its file.</summary>
    private static string NameOf(ProfileDocument document, ProfileCatalog? earlier)
    {
        try
        {
            var text = document.Utf8.Span.StartsWith("\uFEFF"u8) ? document.Utf8[3..] : document.Utf8;
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("profile"u8, out var name) && name.ValueKind == JsonValueKind.String)
            {
                return name.GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in the name: told by the reader.
        }

        if (earlier?.Profiles.FirstOrDefault(profile => profile.Document.Place == document.Place) is { } before)
        {
            return before.Name;
        }

        var file = document.Place[(document.Place.LastIndexOfAny(['/', '\\']) + 1)..];
        return file.EndsWith(ProfileDocument.Ending, StringComparison.OrdinalIgnoreCase) ? file[..^ProfileDocument.Ending.Length] : file;
    }
}

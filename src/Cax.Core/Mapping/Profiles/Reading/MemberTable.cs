using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>The members of one object of the document, by name. Of a name that stands twice the first counts, and the second is a mistake.</summary>
internal sealed class MemberTable
{
    private readonly Dictionary<string, Spot> _all = new(StringComparer.Ordinal);
    private readonly ProblemList _problems;

    private MemberTable(Spot self, ProblemList problems)
    {
        Self = self;
        _problems = problems;
    }

    /// <summary>The object.</summary>
    public Spot Self { get; }

    public IReadOnlyCollection<string> Names => _all.Keys;

    public IEnumerable<(string Name, Spot Value)> All => _all.Select(member => (member.Key, member.Value));

    /// <summary>Null when the value is no object, which is a mistake.</summary>
    public static MemberTable? Read(Spot spot, string expected, ProblemList problems)
    {
        if (spot.Kind != JsonValueKind.Object)
        {
            problems.Add(spot, $"is {spot.Form}; expected {expected}");
            return null;
        }

        var table = new MemberTable(spot, problems);
        foreach (var (name, value) in spot.Members())
        {
            if (!table._all.TryAdd(name, value))
            {
                problems.Add(value, $"{Quoted.Text(name)} stands twice in the same object; keep one");
            }
        }

        return table;
    }

    public bool Has(string name) => _all.ContainsKey(name);

    public bool TryGet(string name, [MaybeNullWhen(false)] out Spot value) => _all.TryGetValue(name, out value);

    /// <summary>Tells which members are missing and which do not belong here.</summary>
    public MemberTable Expect(string what, string[] required, params string[] optional)
    {
        var missing = required.Where(name => !Has(name)).ToList();
        foreach (var (name, value) in _all)
        {
            if (!required.Contains(name) && !optional.Contains(name))
            {
                var near = NearestName.Of(name, required.Concat(optional).Where(known => !Has(known)));
                _problems.Add(value, $"{what} has no {Quoted.Text(name)}; its members are {Quoted.List(required.Concat(optional))}", near);

                // What is misspelt is not missing as well.
                missing.RemoveAll(required => required == near);
            }
        }

        foreach (var name in missing)
        {
            _problems.Add(Self, $"{what} needs {Quoted.Text(name)}");
        }

        return this;
    }
}

using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads what expressions name later: parameters and tables.</summary>
internal sealed class DeclarationReader(ReadingContext context)
{
    /// <summary>The parameters, with what the settings say for them.</summary>
    /// <param name="declared">The member of the document, if there is one.</param>
    /// <param name="given">Values of the settings, by name.</param>
    public IReadOnlyList<ProfileParameter> Parameters(Spot? declared, IReadOnlyDictionary<string, string> given)
    {
        var all = new List<ProfileParameter>();
        if (declared is { } spot && MemberTable.Read(spot, "an object of parameters", context.Problems) is { } members)
        {
            foreach (var (name, value) in members.All)
            {
                all.Add(Parameter(name, value));
            }
        }

        foreach (var parameter in all)
        {
            context.Parameters[parameter.Name] = Given(given, parameter.Name) ?? parameter.Default;
        }

        foreach (var name in given.Keys.Where(name =>
            !name.Equals(Profile.SourceParameter, StringComparison.OrdinalIgnoreCase)
            && !all.Exists(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            context.Problems.Add(
                declared?.Path ?? "$", $"the settings give a parameter {Quoted.Text(name)}, which the profile does not have",
                NearestName.Of(name, context.Parameters.Keys));
        }

        return all;
    }

    /// <summary>What the settings say for a parameter; null when they say nothing.</summary>
    public static string? Given(IReadOnlyDictionary<string, string> given, string name) =>
        given.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Fills the tables of the context.</summary>
    public void Tables(Spot? declared)
    {
        if (declared is not { } spot || MemberTable.Read(spot, "an object of tables", context.Problems) is not { } members)
        {
            return;
        }

        foreach (var (name, value) in members.All)
        {
            CheckName(name, value);
            context.Tables[name] = new NamedTable(new LookupTable(name, Entries(value)), value);
        }
    }

    private ProfileParameter Parameter(string name, Spot spot)
    {
        CheckName(name, spot);
        if (MemberTable.Read(spot, "an object with description and default", context.Problems) is not { } members)
        {
            return new ProfileParameter(name, null, null);
        }

        members.Expect("a parameter", [], "description", "default");
        var description = members.TryGet("description", out var at) ? context.Values.Text(at) : null;
        var fallback = members.TryGet("default", out at) ? context.Values.Text(at) : null;
        return new ProfileParameter(name, description, fallback);
    }

    private Dictionary<string, string> Entries(Spot table)
    {
        var entries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (MemberTable.Read(table, "an object of texts", context.Problems) is not { } members)
        {
            return entries;
        }

        foreach (var (key, value) in members.All)
        {
            if (context.Values.Text(value) is { } text && !entries.TryAdd(key.Trim(), text))
            {
                context.Problems.Add(value, $"{Quoted.Text(key)} stands twice in the table: case and blanks around it do not count");
            }
        }

        return entries;
    }

    private void CheckName(string name, Spot spot)
    {
        if (!NameForm.Own.Fits(name))
        {
            context.Problems.Add(spot, $"the name must be {NameForm.Own.Expected}", NameForm.Own.Mend(name));
        }
    }
}

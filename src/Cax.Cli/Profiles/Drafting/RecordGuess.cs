using System.Text.Json;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>Where in a sample the record is.</summary>
/// <param name="Path">As <c>records</c> names it.</param>
/// <param name="Record">The record; of several the first.</param>
internal sealed record RecordGuess(string Path, JsonElement Record)
{
    /// <summary>Null when the sample holds no object.</summary>
    public static RecordGuess? Of(JsonElement sample)
    {
        var found = new RecordGuess("$", sample);
        while (found.Inner() is { } inner)
        {
            found = inner;
        }

        return found.Record.ValueKind == JsonValueKind.Object ? found : null;
    }

    private RecordGuess? Inner()
    {
        if (Record.ValueKind == JsonValueKind.Array)
        {
            return Record.GetArrayLength() > 0 ? new RecordGuess(Path + "[]", Record[0]) : null;
        }

        if (Record.ValueKind != JsonValueKind.Object || LooksLikeRecord())
        {
            return null;
        }

        return Around(Synonyms.Wrappers, JsonValueKind.Object) ?? Around(Synonyms.Lists, JsonValueKind.Array);
    }

    /// <summary>A record tells its time, its person or its total by itself.</summary>
    private bool LooksLikeRecord()
    {
        string[] marks = [.. Synonyms.Record.Where(entry => entry.Target == "value").SelectMany(entry => entry.Names), "email", .. Synonyms.People];
        return Record.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Array && marks.Contains(SampleField.Plain(member.Name))
            && !Synonyms.Wrappers.Contains(SampleField.Plain(member.Name)));
    }

    private RecordGuess? Around(string[] names, JsonValueKind kind)
    {
        foreach (var name in names)
        {
            foreach (var member in Record.EnumerateObject())
            {
                if (member.Value.ValueKind == kind && SampleField.Plain(member.Name) == name && (kind == JsonValueKind.Object || HoldsObjects(member.Value)))
                {
                    return new RecordGuess(Path + SampleField.Step(member.Name), member.Value);
                }
            }
        }

        return null;
    }

    private static bool HoldsObjects(JsonElement list) => list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object;
}

using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>Columns as expressions of the profile language.</summary>
internal sealed class RowValues(RowMeaning meaning, DraftPage page)
{
    private const string Mark = "decimalMark";
    private const string Zone = "timeZone";

    /// <summary>No format, so that nobody overlooks it.</summary>
    private const string NoFormat = "?";

    /// <summary>A number, in the notation of its column.</summary>
    public JsonNode Number(SampleColumn column, string path)
    {
        page.Used.Add(column);
        var numbers = meaning.Numbers(column);
        if (numbers.IsPlain)
        {
            return path;
        }

        var written = new JsonObject { ["decimal"] = path };
        var group = numbers.Group;
        if ((numbers.Mark ?? meaning.Mark) is { } mark)
        {
            written["mark"] = mark.ToString();
            group = numbers.Mark is null && mark == '.' ? "," + group : group;
            page.Assume($"{column.Name} has a decimal {(mark == ',' ? "comma" : "point")}.");
        }
        else
        {
            written["mark"] = page.Parameter(Mark, "Fill in the default \",\" if 1,234 is a little more than one; with \".\" it needs the group \",\" too");
            page.FillIn($"the default of the parameter {Mark}: all values of {column.Name} can be read in two ways, such as 1,234.");
        }

        if (group.Length > 0)
        {
            written["group"] = group;
        }

        if (numbers.Strip.Length > 0)
        {
            written["strip"] = numbers.Strip;
        }

        return written;
    }

    /// <summary>What a row costs.</summary>
    public JsonNode LineTotal(Func<SampleColumn, string> path) => meaning.Quantity is { } quantity
        ? new JsonObject { ["product"] = new JsonArray(Number(quantity, path(quantity)), Number(meaning.Price!, path(meaning.Price!))) }
        : Number(meaning.Price!, path(meaning.Price!));

    /// <summary>The sum over the rows of an order, or of the only one.</summary>
    public JsonNode OverRows(Func<Func<SampleColumn, string>, JsonNode> value) => meaning.IsGrouped
        ? new JsonObject { ["sum"] = new JsonObject { ["each"] = meaning.List, ["value"] = value(RowMeaning.Element) } }
        : value(meaning.Path);

    /// <summary>When it happened; null when no column says it.</summary>
    public JsonObject? Time()
    {
        foreach (var column in meaning.Named(Synonyms.Times))
        {
            if (ColumnTimes.Of(column) is { } times)
            {
                return Time(column, times);
            }
        }

        page.FillIn("time, {\"timestamp\": path, \"format\": ..., \"zone\": ...}: no column of that name holds times.");
        return null;
    }

    private JsonObject Time(SampleColumn column, ColumnTimes times)
    {
        page.Used.Add(column);
        var time = new JsonObject { ["timestamp"] = meaning.Path(column) };
        if (!times.IsSure)
        {
            time["format"] = NoFormat;
            page.FillIn($"the format of {column.Name}: {string.Join(" or ", times.Formats)}. All rows can be read in both ways.");
        }
        else if (times.Formats[0] != ColumnTimes.Iso)
        {
            time["format"] = times.Formats[0];
        }

        if (times.NeedsZone)
        {
            time["zone"] = page.Parameter(Zone, "Fill in a default such as \"Europe/Paris\": the times say nothing about their zone");
            page.FillIn($"the default of the parameter {Zone}: the zone of {column.Name}.{(times.HasHour ? "" : " It says no hour: noon is assumed.")}");
        }

        return time;
    }
}

using System.Text;

namespace CaxFunctions.Telemetry;

/// <summary>
/// Says of a bug what a log may hold: the types of its exceptions and where they were thrown. Their texts are left out, because those of other libraries may
/// quote a payload or an address; only the connector's own are known to hold neither.
/// </summary>
internal static class BugTrace
{
    public static string Of(Exception bug)
    {
        var text = new StringBuilder();
        for (var each = bug; each is not null; each = each.InnerException)
        {
            text.Append(text.Length > 0 ? "caused by " : "").Append(each.GetType().FullName);
            if (IsOurs(each))
            {
                text.Append(": ").Append(each.Message);
            }

            text.AppendLine().AppendLine(each.StackTrace);
        }

        return text.ToString().TrimEnd();
    }

    private static bool IsOurs(Exception failure) => failure.Source is "Cax.Core" or "Cax.Storage" or "CaxFunctions";
}

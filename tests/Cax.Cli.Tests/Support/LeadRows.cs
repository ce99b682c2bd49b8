using System.Globalization;
using System.Text;

namespace Cax.Cli.Tests.Support;

/// <summary>Large files of invented leads.</summary>
internal static class LeadRows
{
    public const string Header = "lead_id,created_at,customer_id,customer_email,method,value,currency,consent,form_id";

    public static string Row(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"L-{number},2026-11-20T{number % 24:00}:{number % 60:00}:00Z,C-{number},lead{number}@example.com,quote_form,{10 + (number % 90)}.50,EUR,1|3,\"Form {number % 7}, \"\"long\"\" one\"");

    public static string Json(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"lead.created","version":1,"source":"forms","occurredAt":"2026-11-20T10:00:00+01:00","lead":{"id":"L-{{{number}}}","method":"quote_form"},"customer":{"email":"lead{{{number}}}@example.com"},"consent":{"categories":["1"]}}""");

    /// <summary>Writes rows until the file has so many bytes, and gives back how many there are.</summary>
    public static int Write(string path, long bytes, bool csv)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16);
        var written = 0L;
        var count = 0;
        if (csv)
        {
            file.Write(Header + "\n");
        }

        for (; written < bytes; count++)
        {
            var row = csv ? Row(count) : Json(count);
            file.Write(row);
            file.Write('\n');
            written += row.Length + 1;
        }

        return count;
    }
}

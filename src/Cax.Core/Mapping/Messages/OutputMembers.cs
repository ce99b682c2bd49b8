using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Messages;

/// <summary>Writes members that may have nothing to say, which are then left out (CAX reference 12.23).</summary>
internal static class OutputMembers
{
    public static void Put(this JsonOutput output, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            output.Name(name);
            output.Text(text);
        }
    }

    public static void Put(this JsonOutput output, ReadOnlySpan<byte> name, decimal? amount)
    {
        if (amount is { } number)
        {
            output.Name(name);
            output.Number(number);
        }
    }
}

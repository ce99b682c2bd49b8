using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>Ids are texts, and senders write them as numbers too (CAX reference 12.24): they are taken digit for digit.</summary>
internal static class NumericIds
{
    /// <summary>The id of the event's fact and that of its user.</summary>
    public static void Normalise(Members root)
    {
        AsText(root);
        if (root.Open("user"u8) is { } user)
        {
            AsText(user);
        }
    }

    private static void AsText(Members members)
    {
        var id = members.Raw("id"u8);
        if (JsonText.Kind(id) == JsonValueKind.Number && JsonText.IsInteger(id))
        {
            members.SetText("id"u8, id);
        }
    }
}

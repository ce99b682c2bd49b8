using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>Consent is never guessed: what is told is written in the configured form, what is not told follows the policy.</summary>
internal static class ConsentRules
{
    /// <summary>False when the event must not go because nobody said what the person consented to.</summary>
    public static bool Apply(Draft draft, ConsentOptions options)
    {
        var user = draft.Root.Open("user"u8);
        if (user is null && !draft.Root.Lacks("user"u8))
        {
            // A user that is no object is for the validator to refuse.
            return true;
        }

        var given = user is null ? default : user.Raw("consent_categories"u8);
        switch (JsonText.Kind(given))
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return Absent(draft, options);
            case JsonValueKind.Array when !ConsentList.Conforms(given, options.Element):
                if (ConsentList.Convert(given, options.Element) is { } categories)
                {
                    Set(draft, categories, options.Element);
                }

                return true;
            default:
                return true;
        }
    }

    private static bool Absent(Draft draft, ConsentOptions options)
    {
        switch (options.Policy)
        {
            case ConsentPolicy.Configured:
                Set(draft, options.Categories, options.Element);
                return true;
            case ConsentPolicy.Omit:
                draft.Root.Open("user"u8)?.Remove("consent_categories"u8);
                draft.Warn(
                    ReasonCodes.ConsentUnknown, draft.ConsentPath, "Nothing says what the person consented to; destinations that filter on consent will not get the event.");
                return true;
            default:
                draft.Error(ReasonCodes.ConsentUnknown, draft.ConsentPath, "Nothing says what the person consented to. Send the granted categories, or [] for none.");
                return false;
        }
    }

    private static void Set(Draft draft, IReadOnlyList<string> categories, ConsentElement element) =>
        draft.Root.OpenOrAdd("user"u8)!.Build(
            "consent_categories"u8, (categories, element), static (output, state) => ConsentList.Write(output, state.categories, state.element));
}

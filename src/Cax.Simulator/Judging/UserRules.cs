using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary><c>user</c>: identity, hashes and consent (CAX reference 5).</summary>
internal static class UserRules
{
    private static readonly string[] Texts =
    [
        "id", "email", "phone", "firstname", "lastname", "gender", "birthdate", "street", "zipcode", "city", "state", "country", "status",
    ];

    public static void Check(JsonElement? root, FindingList findings)
    {
        var user = root.Member("user");
        if (user.IsMissing())
        {
            findings.Missing("user", "user", "is required", user);
            return;
        }

        if (user is not { ValueKind: JsonValueKind.Object } members)
        {
            findings.Malformed("user", "user", "must be an object", user);
            return;
        }

        CheckAnonymousId(user.Member("consistent_anonymous_id"), findings);
        foreach (var name in Texts)
        {
            if (user.Member(name) is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) } value)
                findings.Malformed("type", "user." + name, "must be a string", value);
        }

        foreach (var member in members.EnumerateObject()) CheckHash(member, findings);
        if (user.Member("consent_categories") is { } consent) CheckConsent(consent, findings);
    }

    private static void CheckAnonymousId(JsonElement? id, FindingList findings)
    {
        const string rule = "anonymous_id";
        const string path = "user.consistent_anonymous_id";
        if (id.IsMissing()) findings.Missing(rule, path, "is required", id);
        else if (!id.IsText()) findings.Malformed(rule, path, "must be a string", id);
        else if (string.IsNullOrWhiteSpace(id.Text())) findings.Missing(rule, path, "must not be empty", id);
    }

    private static void CheckHash(JsonProperty member, FindingList findings)
    {
        var digits = member.Name.EndsWith("_sha256", StringComparison.Ordinal) ? 64
            : member.Name.EndsWith("_md5", StringComparison.Ordinal) ? 32
            : 0;
        if (digits == 0 || member.Value.ValueKind == JsonValueKind.Null) return;
        var text = ((JsonElement?)member.Value).Text();
        if (text is null || text.Length != digits || !text.All(char.IsAsciiHexDigitLower))
            findings.Malformed("hash", "user." + member.Name, $"must be {digits} lower-case hexadecimal digits", member.Value);
    }

    private static void CheckConsent(JsonElement consent, FindingList findings)
    {
        const string rule = "consent";
        const string path = "user.consent_categories";
        if (consent.ValueKind != JsonValueKind.Array)
        {
            findings.Malformed(rule, path, "must be an array", consent);
            return;
        }

        var categories = consent.EnumerateArray().ToList();
        if (!categories.TrueForAll(category => category.ValueKind == JsonValueKind.String)
            && !categories.TrueForAll(category => category.ValueKind == JsonValueKind.Number && category.TryGetInt64(out _)))
            findings.Malformed(rule, path, "must hold strings only or integers only", consent);
        else if (categories.DistinctBy(category => category.ToString()).Count() < categories.Count)
            findings.Malformed(rule, path, "must not hold a category twice", consent);
    }
}

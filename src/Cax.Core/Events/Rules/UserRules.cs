using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX020 to CAX026: the person (CAX reference 5.1 and 5.2).</summary>
internal static class UserRules
{
    private const int Sha256Length = 64;
    private const int Md5Length = 32;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    public static void Check(JsonElement root, bool consentAsNumbers, Place place, EventFindings findings)
    {
        if (!root.TryGet("user"u8, out var user) || user.ValueKind != JsonValueKind.Object)
        {
            findings.Error("CAX020", place.Of("user"), "user is missing or no object; send at least user.consistent_anonymous_id");
            return;
        }

        var inUser = place.Member("user");
        if (!user.TryGet("consistent_anonymous_id"u8, out var anonymous) || !anonymous.IsText())
        {
            findings.Error(
                "CAX021", inUser.Of("consistent_anonymous_id"),
                "consistent_anonymous_id is missing or no text; send a stable id of the person");
        }

        if (!IsKnown(user, "id"u8) && !IsKnown(user, "email"u8) && !IsKnown(user, "email_sha256"u8))
        {
            findings.Warning(
                "CAX022", inUser.ToString(),
                "none of id, email and email_sha256 is given, so the event cannot be matched with a known person");
        }

        ConsentRules.Check(user, consentAsNumbers, inUser, findings);
        CheckHashes(user, inUser, findings);
        CheckFormats(user, inUser, findings);
    }

    private static bool IsKnown(JsonElement user, ReadOnlySpan<byte> name) =>
        user.TryGet(name, out var value) && (value.IsText() || value.ValueKind == JsonValueKind.Number);

    private static void CheckHashes(JsonElement user, Place inUser, EventFindings findings)
    {
        foreach (var property in user.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            var length = name.EndsWith("_sha256"u8) ? Sha256Length : name.EndsWith("_md5"u8) ? Md5Length : 0;
            if (length > 0 && property.Value.ValueKind != JsonValueKind.Null && !IsHash(property.Value, length))
            {
                findings.Error("CAX025", inUser.Of(property.Name), string.Create(
                    CultureInfo.InvariantCulture, $"a hash under this name must be {length} lower-case hexadecimal digits (0-9, a-f)"));
            }
        }
    }

    private static bool IsHash(JsonElement value, int length)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var text = value.Utf8Text();
        return text.Length == length && !text.ContainsAnyExcept(LowerHex);
    }

    private static void CheckFormats(JsonElement user, Place inUser, EventFindings findings)
    {
        if (user.TryGet("phone"u8, out var phone) && !(IsString(phone) && IsE164(phone.Utf8Text())))
        {
            findings.Warning(
                "CAX026", inUser.Of("phone"),
                "phone should be in the form E.164: a plus sign, the country code and the number, at most 15 digits, nothing else");
        }

        if (user.TryGet("birthdate"u8, out var birthdate) && !(IsString(birthdate) && IsDate(birthdate.GetString())))
        {
            findings.Warning("CAX026", inUser.Of("birthdate"), "birthdate should be a date in the form YYYY-MM-DD");
        }

        if (user.TryGet("country"u8, out var country) && !(IsString(country) && IsCountry(country.Utf8Text())))
        {
            findings.Warning("CAX026", inUser.Of("country"), "country should be 2 or 3 letters (ISO 3166-1), such as FR");
        }

        if (user.TryGet("gender"u8, out var gender) && !(IsString(gender) && (gender.ValueEquals("f"u8) || gender.ValueEquals("m"u8))))
        {
            findings.Warning("CAX026", inUser.Of("gender"), "gender should be f or m; leave it out otherwise");
        }
    }

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsE164(ReadOnlySpan<byte> text) =>
        text.Length is >= 3 and <= 16 && text[0] == '+' && text[1] != '0' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsCountry(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return text.Length is 2 or 3;
    }
}

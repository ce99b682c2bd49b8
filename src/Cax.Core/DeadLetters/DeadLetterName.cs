using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>Makes the name of a dead letter out of what its source knows about it.</summary>
internal static class DeadLetterName
{
    /// <summary>The site of a record whose destination is not known.</summary>
    public const string UnknownSite = "_unknown";

    public static string Of(string? siteId, string reason, SourceDelivery delivery, Record record, int eventIndex)
    {
        // The time is part of the name, so that tomorrow's file of the same name does not replace today's letters.
        var received = delivery.ReceivedAt.UtcDateTime;
        var ofDelivery = Digest(string.Create(CultureInfo.InvariantCulture, $"{delivery.Identity}\u001F{received.Ticks}"), default);
        var ofRecord = Digest(
            string.Create(CultureInfo.InvariantCulture, $"{record.Position.Offset}\u001F{eventIndex}\u001F{record.Reference?.Sha256}\u001F"),
            record.Event is { } again ? [.. record.Utf8.Span, .. again.Utf8.Span] : record.Utf8.Span);
        return string.Create(CultureInfo.InvariantCulture, $"{Safe(siteId)}/{reason}/{received:yyyy/MM/dd}/{ofDelivery}-{ofRecord}");
    }

    /// <summary>Whether a name stays within its store, whatever the store is.</summary>
    public static bool IsUsable(string name) =>
        name.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && name.Split('/').All(part => part is not ("" or "." or ".."));

    private static string Digest(string text, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static string Safe(string? siteId) =>
        string.IsNullOrEmpty(siteId) || !siteId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? UnknownSite : siteId;
}

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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{delivery.Identity}\u001F{record.Position.Offset}\u001F{eventIndex}\u001F{record.Reference?.Sha256}\u001F")));

        // The content is part of the name, so that tomorrow's file of the same name does not replace today's letters.
        hash.AppendData(record.Utf8.Span);
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
        var day = delivery.ReceivedAt.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        return $"{Safe(siteId)}/{reason}/{day}/{digest}";
    }

    private static string Safe(string? siteId) =>
        string.IsNullOrEmpty(siteId) || !siteId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? UnknownSite : siteId;
}

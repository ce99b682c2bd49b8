using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>Makes the name of a dead letter out of what its source knows about it.</summary>
internal static partial class DeadLetterName
{
    /// <summary>The site of a record whose destination is not known.</summary>
    public const string UnknownSite = "_unknown";

    /// <summary>How many digits of a name say the block of a file.</summary>
    public const int BlockDigits = 8;

    public static string Of(string? siteId, string reason, SourceDelivery delivery, Record record, int eventIndex)
    {
        var ofDelivery = OfFile(siteId, reason, delivery.Identity, delivery.ReceivedAt) + (delivery.Block?.ToString("x8", CultureInfo.InvariantCulture) ?? "");
        var ofRecord = Digest(
            string.Create(CultureInfo.InvariantCulture, $"{record.Position.Offset}\u001F{eventIndex}\u001F{record.Reference?.Sha256}\u001F"),
            record.Event is { } again ? [.. record.Utf8.Span, .. again.Utf8.Span] : record.Utf8.Span);
        return $"{ofDelivery}-{ofRecord}";
    }

    /// <summary>How the names of all letters of a delivery begin that were parked for a reason.</summary>
    public static string OfFile(string? siteId, string reason, string identity, DateTimeOffset receivedAt)
    {
        // The time is part of the name, so that tomorrow's file of the same name does not replace today's letters.
        var received = receivedAt.UtcDateTime;
        var digest = Digest(string.Create(CultureInfo.InvariantCulture, $"{identity}\u001F{received.Ticks}"), default);
        return string.Create(CultureInfo.InvariantCulture, $"{Safe(siteId)}/{reason}/{received:yyyy/MM/dd}/{digest}");
    }

    /// <summary>Whether a name is shaped like ours: then it leads out of no store, and it may be told.</summary>
    public static bool IsUsable(string name) => Shape().IsMatch(name);

    /// <summary>Whether a reason is shaped like a reason code, of whatever version: then it may be told.</summary>
    public static bool IsReason(string reason) => Reason().IsMatch(reason);

    private static string Digest(string text, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static string Safe(string? siteId) =>
        string.IsNullOrEmpty(siteId) || !siteId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? UnknownSite : siteId;

    [GeneratedRegex("^[A-Za-z0-9_-]+/[a-z_]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9a-f]+(-[0-9a-f]+)?\\z")]
    private static partial Regex Shape();

    [GeneratedRegex("^[a-z_]{1,64}\\z")]
    private static partial Regex Reason();
}

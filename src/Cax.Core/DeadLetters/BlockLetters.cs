using System.Globalization;

namespace Cax.Core.DeadLetters;

/// <summary>The letters of the later blocks of a file: what a run parked that broke off, and the next one decides anew.</summary>
/// <param name="SiteId">The site of the destination; null when there is none.</param>
/// <param name="Identity">The identity of the file, as <see cref="Sources.SourceDelivery.Identity"/> has it.</param>
/// <param name="ReceivedAt">When the source got the file.</param>
/// <param name="After">The last block whose letters stay.</param>
public sealed record BlockLetters(string? SiteId, string Identity, DateTimeOffset ReceivedAt, int After)
{
    /// <summary>How the names of all letters of the file begin, whatever their reason.</summary>
    public IEnumerable<string> Prefixes => ReasonCodes.All.Select(reason => DeadLetterName.OfFile(SiteId, reason, Identity, ReceivedAt));

    /// <summary>Whether a document that begins with one of the prefixes is meant.</summary>
    public bool Includes(string name, string prefix) =>
        name.Length >= prefix.Length + DeadLetterName.BlockDigits
        && int.TryParse(name.AsSpan(prefix.Length, DeadLetterName.BlockDigits), NumberStyles.AllowHexSpecifier, null, out var block)
        && block > After;
}

using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Texts that stand for no time at all.</summary>
internal static class TimeTexts
{
    public static bool IsNone(ReadOnlySpan<byte> text) =>
        text.StartsWith("0000-00-00"u8) || Texts.AreAlike(text, "UNKNOWN"u8) || text.SequenceEqual("-"u8) || text.SequenceEqual("0"u8);
}

using System.Text;
using Cax.Core.Events;

namespace Cax.Core.Mapping.Normalising;

/// <summary>Event names as strings. Those of the standard events are strings that all events share.</summary>
internal static class EventNames
{
    private static readonly (byte[] Utf8, string Text)[] Standard =
        [.. StandardEvents.Names.Select(name => (Encoding.UTF8.GetBytes(name), name))];

    public static string Read(ReadOnlySpan<byte> utf8)
    {
        foreach (var (standard, text) in Standard)
        {
            if (utf8.SequenceEqual(standard))
            {
                return text;
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }
}

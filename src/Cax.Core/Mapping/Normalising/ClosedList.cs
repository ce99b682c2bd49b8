using System.Text;
using Cax.Core.Events;

namespace Cax.Core.Mapping.Normalising;

/// <summary>A list of values of which CAX takes no others (CAX reference 4.9).</summary>
internal sealed class ClosedList(string[] values)
{
    public static readonly ClosedList PaymentMethods = new(Enumerations.PaymentMethods);
    public static readonly ClosedList Statuses = new(Enumerations.Statuses);

    private const int Longest = 64;

    private readonly byte[][] _values = [.. values.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The values, for a message.</summary>
    public override string ToString() => string.Join(", ", values);

    public bool Contains(ReadOnlySpan<byte> utf8) => Find(utf8) is not null;

    /// <summary>The listed value that differs only in case, or in blanks and dashes in place of underscores; null when there is none.</summary>
    public string? Nearest(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[utf8.Length];
        for (var i = 0; i < utf8.Length; i++)
        {
            plain[i] = utf8[i] switch
            {
                >= (byte)'A' and <= (byte)'Z' => (byte)(utf8[i] | 0x20),
                (byte)' ' or (byte)'-' => (byte)'_',
                var other => other,
            };
        }

        return Find(plain.Trim((byte)'_'));
    }

    private string? Find(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (utf8.SequenceEqual(_values[i]))
            {
                return values[i];
            }
        }

        return null;
    }
}

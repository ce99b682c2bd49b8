using System.Buffers.Binary;
using System.Text;

namespace Cax.Core.Mapping.Tape;

/// <summary>The name of a member that is looked for, with the key by which most others are told apart without comparing letters.</summary>
internal sealed class MemberName
{
    private readonly byte[] _utf8;

    public MemberName(string name)
    {
        Text = name;
        _utf8 = Encoding.UTF8.GetBytes(name);
        Key = KeyOf(_utf8);
    }

    public string Text { get; }

    public uint Key { get; }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Made of the length and of the first and last letters.</summary>
    public static uint KeyOf(ReadOnlySpan<byte> name)
    {
        ulong head = 0, tail = 0;
        if (name.Length >= 8)
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(name);
            tail = BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
        }
        else if (name.Length >= 4)
        {
            head = BinaryPrimitives.ReadUInt32LittleEndian(name);
            tail = BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]);
        }
        else
        {
            foreach (var letter in name)
            {
                head = (head << 8) | letter;
            }
        }

        var mixed = (head * 0x9E3779B97F4A7C15) ^ (tail * 0xC2B2AE3D27D4EB4F) ^ (ulong)name.Length;
        return (uint)(mixed >> 32) ^ (uint)mixed;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Duplicates;

/// <summary>Under which an event is remembered: half of a SHA-256, because a hundred thousand texts of ids would take more memory than all else of a run.</summary>
internal readonly record struct EventKey(UInt128 Hash)
{
    private const int ContentBytes = 16;

    /// <param name="destination">The destination, in upper case.</param>
    /// <param name="id">The event id.</param>
    /// <param name="content">The fingerprint of an event that cannot be sent; zero for all others.</param>
    public static EventKey Of(string destination, string id, UInt128 content)
    {
        // Ids are short; one that somebody made long must not overflow the stack.
        var length = (3 * (destination.Length + id.Length)) + 1 + ContentBytes;
        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        var count = Encoding.UTF8.GetBytes(destination, bytes);
        bytes[count++] = 0x1F;
        count += Encoding.UTF8.GetBytes(id, bytes[count..]);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[count..], content);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..(count + ContentBytes)], hash);
        return new EventKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}

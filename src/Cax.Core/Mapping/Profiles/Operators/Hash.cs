using System.Security.Cryptography;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

internal enum HashKind
{
    Sha256,
    Md5,
}

/// <summary>The hash of a text in lower-case hexadecimal digits (CAX reference 5.2).</summary>
internal sealed class Hash(Operator input, HashKind kind) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryText(at, out var text))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = kind == HashKind.Sha256 ? SHA256.HashData(text.Span, hash) : OfMd5(text.Span, hash);
        Span<byte> hex = stackalloc byte[2 * SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(hash[..length], hex, out var written);
        value = Value.Of(at.Keep(hex[..written]));
        return true;
    }

    // CAX takes MD5 as one of its two forms; nothing rests on its strength.
#pragma warning disable CA5351
    private static int OfMd5(ReadOnlySpan<byte> text, Span<byte> hash) => MD5.HashData(text, hash);
#pragma warning restore CA5351
}

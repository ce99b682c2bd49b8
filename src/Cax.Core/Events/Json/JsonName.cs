using System.Text;

namespace Cax.Core.Events.Json;

/// <summary>A property name as text for messages and as UTF-8 for looking it up.</summary>
internal sealed class JsonName(string text)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    public string Text { get; } = text;

    public ReadOnlySpan<byte> Utf8 => _utf8;
}

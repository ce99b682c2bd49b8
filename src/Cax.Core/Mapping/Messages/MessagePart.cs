using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>
/// One object of a message. Reading from it notes every breach of the contract as a finding with its path, and goes on, so that the
/// sender learns of all of them at once. A member that is <c>null</c> is as good as absent.
/// </summary>
/// <param name="Draft">Where findings and values go.</param>
/// <param name="Element">The object.</param>
/// <param name="Path">Its path, or that of the array it is an element of.</param>
/// <param name="Item">The position of an element of the array at <paramref name="Path"/>; -1 when the path is the object's own.</param>
/// <param name="Inner">The path from the element on.</param>
internal readonly record struct MessagePart(Draft Draft, JsonElement Element, string Path, int Item = -1, string Inner = "")
{
    /// <summary>The path of a member; built only when something is wrong with it.</summary>
    public string At(ReadOnlySpan<byte> name)
    {
        var member = Encoding.UTF8.GetString(name);
        return Item < 0 ? $"{Path}.{member}" : string.Create(CultureInfo.InvariantCulture, $"{Path}[{Item}]{Inner}.{member}");
    }

    public void Refuse(ReadOnlySpan<byte> name, string message) => Draft.Error(ReasonCodes.InvalidMessage, At(name), message);

    /// <summary>The value under a name; of kind undefined when there is none.</summary>
    public JsonElement Get(ReadOnlySpan<byte> name) =>
        Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    /// <summary>A text that is not blank.</summary>
    public string? Text(ReadOnlySpan<byte> name, bool required = false)
    {
        var value = Get(name);
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        if (required)
        {
            Refuse(name, "Is required: a text that is not blank.");
        }
        else if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Undefined))
        {
            Refuse(name, "Must be a text.");
        }

        return null;
    }

    /// <summary>An id: a text, or an integer taken digit for digit.</summary>
    public string? Id(ReadOnlySpan<byte> name, bool required = false)
    {
        var value = Get(name);
        var id = value.ValueKind == JsonValueKind.Undefined ? null : JsonText.Id(Draft.ValueOf(value).Span);
        if (!string.IsNullOrWhiteSpace(id))
        {
            return id;
        }

        if (required)
        {
            Refuse(name, "Is required: a text that is not blank, or a whole number.");
        }
        else if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Undefined))
        {
            Refuse(name, "Must be a text or a whole number.");
        }

        return null;
    }

    public decimal? Amount(ReadOnlySpan<byte> name, bool required = false)
    {
        var value = Get(name);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            if (required)
            {
                Refuse(name, $"Is required: {ExactDecimal.Expected}.");
            }

            return null;
        }

        if (ExactDecimal.TryRead(Draft.ValueOf(value).Span, out var amount))
        {
            return amount;
        }

        Refuse(name, $"Must be {ExactDecimal.Expected}.");
        return null;
    }

    public MessagePart? Object(ReadOnlySpan<byte> name, bool required = false)
    {
        var value = OfKind(name, JsonValueKind.Object, required, "an object");
        return value.ValueKind == JsonValueKind.Undefined
            ? null
            : Item < 0 ? new MessagePart(Draft, value, At(name)) : this with { Element = value, Inner = Inner + "." + Encoding.UTF8.GetString(name) };
    }

    /// <summary>An array; of kind undefined when there is none.</summary>
    public JsonElement Array(ReadOnlySpan<byte> name, bool required = false) => OfKind(name, JsonValueKind.Array, required, "an array");

    /// <summary>Copies a text that is not blank.</summary>
    public void CopyText(ReadOnlySpan<byte> name, Members target, ReadOnlySpan<byte> targetName, bool required = false)
    {
        if (Text(name, required) is not null)
        {
            target.Set(targetName, Draft.ValueOf(Get(name)));
        }
    }

    private JsonElement OfKind(ReadOnlySpan<byte> name, JsonValueKind kind, bool required, string what)
    {
        var value = Get(name);
        if (value.ValueKind == kind)
        {
            return value;
        }

        if (required || value.ValueKind != JsonValueKind.Undefined)
        {
            Refuse(name, value.ValueKind == JsonValueKind.Undefined ? $"Is required: {what}." : $"Must be {what}.");
        }

        return default;
    }
}

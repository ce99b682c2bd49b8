using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Plan;

internal enum ValueForm
{
    /// <summary>A value of the message, by its number on the tape.</summary>
    Node,

    /// <summary>A text that an operator made.</summary>
    Text,

    /// <summary>A decimal that an operator made.</summary>
    Number,

    /// <summary>A point in time, in milliseconds since 1970 UTC.</summary>
    Time,
}

/// <summary>What an expression gave. Texts are in the memory of the evaluation and hold as long as its record.</summary>
internal readonly struct Value
{
    private Value(ValueForm form, int node, ReadOnlyMemory<byte> text, decimal number)
    {
        Form = form;
        Node = node;
        Text = text;
        Number = number;
    }

    public ValueForm Form { get; }

    /// <summary>The number on the tape; <see cref="JsonTape.Nothing"/> for what an operator made.</summary>
    public int Node { get; }

    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>Whether it is a gap in a list: an element that lacks what was asked of it.</summary>
    public bool IsGap => Form == ValueForm.Node && Node < 0;

    /// <summary>The decimal, or the milliseconds of a time.</summary>
    public decimal Number { get; }

    public static Value Gap => Of(JsonTape.Nothing);

    public static Value Of(int node) => new(ValueForm.Node, node, default, 0);

    public static Value Of(ReadOnlyMemory<byte> text) => new(ValueForm.Text, JsonTape.Nothing, text, 0);

    public static Value Of(decimal number) => new(ValueForm.Number, JsonTape.Nothing, default, number);

    public static Value OfTime(long milliseconds) => new(ValueForm.Time, JsonTape.Nothing, default, milliseconds);
}

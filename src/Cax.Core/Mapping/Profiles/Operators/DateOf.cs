using System.Globalization;
using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A day as <c>YYYY-MM-DD</c>, as the source writes it: no zone moves it.</summary>
internal sealed class DateOf(Operator input, TimeFormat[] formats) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text) || TimeTexts.IsNone(text.Span))
        {
            return false;
        }

        foreach (var format in formats)
        {
            if (format.TryReadDay(text.Span, out var day))
            {
                value = Value.Of(at.Keep(Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
                return true;
            }
        }

        at.Complain(given, "is no date in the format that the profile gives");
        return false;
    }
}

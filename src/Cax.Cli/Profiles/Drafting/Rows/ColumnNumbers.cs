using System.Globalization;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>How a column writes numbers, as all of its values together show.</summary>
/// <param name="Mark">What stands before the decimals; null when it can be read in two ways.</param>
/// <param name="Group">What stands between thousands; empty for nothing.</param>
/// <param name="Strip">Signs of currencies around them; empty for none.</param>
/// <param name="HasDecimals">Whether a value has decimals, or what may be decimals.</param>
/// <param name="HasNegative">Whether a value is below zero.</param>
internal sealed record ColumnNumbers(char? Mark, string Group, string Strip, bool HasDecimals, bool HasNegative)
{
    private const int Thousands = 3;

    private static readonly string[] Nothing = ["-", "--"];

    /// <summary>Whether a path alone reads them.</summary>
    public bool IsPlain => Mark == '.' && Group.Length == 0 && Strip.Length == 0;

    /// <summary>Null when the column holds something else, or nothing.</summary>
    public static ColumnNumbers? Of(SampleColumn column)
    {
        var evidence = new Evidence();
        var any = false;
        foreach (var value in column.Given.Where(value => !Nothing.Contains(value)))
        {
            any = true;
            if (!evidence.Take(value))
            {
                return null;
            }
        }

        return any ? evidence.Read() : null;
    }

    private sealed class Evidence
    {
        private readonly SortedSet<char> _signs = [];
        private readonly SortedSet<char> _blanks = [];
        private bool _comma;
        private bool _point;
        private bool _isMarkComma;
        private bool _isMarkPoint;
        private bool _isNegative;

        /// <summary>False when the value is no number.</summary>
        public bool Take(string value)
        {
            _signs.UnionWith(value.Where(IsSign));
            var digits = string.Concat(value.Where(c => !IsSign(c))).Trim();
            _isNegative |= digits.StartsWith('-');
            digits = digits.TrimStart('-', '+').Trim();
            if (!digits.Any(char.IsAsciiDigit) || !digits.All(c => char.IsAsciiDigit(c) || c is '.' or ',' || char.IsWhiteSpace(c)))
            {
                return false;
            }

            _blanks.UnionWith(digits.Where(char.IsWhiteSpace));
            var (comma, point) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
            _comma |= comma >= 0;
            _point |= point >= 0;
            Look(digits, ',', comma, point, ref _isMarkComma, ref _isMarkPoint);
            Look(digits, '.', point, comma, ref _isMarkPoint, ref _isMarkComma);
            return true;
        }

        public ColumnNumbers? Read()
        {
            if (_isMarkComma && _isMarkPoint)
            {
                return null;
            }

            var blanks = string.Concat(_blanks);
            var signs = string.Concat(_signs);
            return _isMarkComma ? new ColumnNumbers(',', (_point ? "." : "") + blanks, signs, true, _isNegative)
                : _isMarkPoint || !_comma ? new ColumnNumbers('.', (_comma ? "," : "") + blanks, signs, _point, _isNegative)
                : new ColumnNumbers(null, blanks, signs, true, _isNegative);
        }

        /// <summary>The last of both marks stands before decimals, and so does one with other than three digits behind it; one that comes twice stands between thousands.</summary>
        private static void Look(string digits, char mark, int at, int other, ref bool isMark, ref bool isOther)
        {
            if (at < 0)
            {
                return;
            }

            if (digits.IndexOf(mark, StringComparison.Ordinal) != at)
            {
                isOther = true;
            }
            else if (other >= 0 ? at > other : digits.Length - at - 1 != Thousands)
            {
                isMark = true;
            }
        }

        private static bool IsSign(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;
    }
}

using System.Globalization;
using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Records;
using Cax.Core.Sources.Csv;

namespace Cax.Core.Sources.Files;

/// <summary>How a file of rows is read, and by which profile its records are mapped; or why it cannot be read.</summary>
/// <param name="Head">What stands before its rows.</param>
/// <param name="Encoding">The encoding of its characters.</param>
/// <param name="GroupBy">Where the columns stand that rows of one record have in common; empty when each row is one.</param>
/// <param name="Profile">The profile that was asked for or knows the header; null when there is none.</param>
/// <param name="Refusal">A reason code and what is wrong; null when the rows can be read.</param>
internal sealed record RowsChoice(CsvHead Head, FileEncoding Encoding, int[] GroupBy, ProfileChoice? Profile, (string Reason, string Detail)? Refusal)
{
    private const int ToldColumns = 20;
    private const int ToldLetters = 60;
    private const int MostDigits = 5;

    /// <summary>Chooses.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="isAll">Whether this is all that there is, or that is looked at.</param>
    /// <param name="mark">The encoding that its byte order mark tells; null when it has none.</param>
    /// <param name="profiles">The profiles that may know its header.</param>
    /// <param name="asked">The profile that was asked for; null to ask all of them.</param>
    /// <returns>Null when more of the file is needed.</returns>
    public static RowsChoice? Of(FileHead head, bool isAll, FileEncoding? mark, ProfileCatalog profiles, ProfileChoice? asked) =>
        new Chooser(head, isAll, mark).Choose(profiles, asked);

    private sealed class Chooser(FileHead file, bool isAll, FileEncoding? mark)
    {
        private static readonly CsvInput Usual = new();

        private readonly Dictionary<(int SkipLines, bool Header, char? Delimiter, char Quote, FileEncoding Encoding), CsvHead?> _heads = [];
        private readonly Dictionary<FileEncoding, ReadOnlyMemory<byte>> _texts = [];

        public RowsChoice? Choose(ProfileCatalog profiles, ProfileChoice? asked)
        {
            if (asked is not null)
            {
                return profiles.Find(asked.Name) is { Input.Csv: not null } profile ? Of(profile, asked)
                    : Of(Usual, asked) is { } unread ? unread with
                    {
                        Refusal = profiles.IsBroken(asked.Name)
                            ? (ReasonCodes.InvalidProfile, "the profile that was asked for has mistakes; cax profiles check tells them")
                            : (ReasonCodes.UnknownProfile, $"there is no profile of the name that was asked for; there are {string.Join(", ", profiles.Names)}"),
                    }
                    : null;
            }

            if (Of(Usual, null) is not { } usual)
            {
                return null;
            }

            var knowing = new List<Profile>();
            foreach (var profile in profiles.OfRows)
            {
                if (Head(profile.Input.Csv!) is not { } read)
                {
                    return null;
                }

                if (read.Problem is null && HeaderRecogniser.Knows(profile, read.Columns))
                {
                    knowing.Add(profile);
                }
            }

            return knowing switch
            {
                [var only] => Of(only, only.ChosenBy(ProfileRule.Header)),
                [] => usual with { Refusal = usual.Refusal ?? (ReasonCodes.UnknownHeader, Unknown(usual.Head)) },
                _ => usual with
                {
                    Refusal = (ReasonCodes.AmbiguousProfile,
                        $"several profiles know the header: {string.Join(", ", knowing.Select(profile => profile.Name))}; say which is meant, with --profile NAME or a rule of Cax__Exports__Paths"),
                },
            };
        }

        private RowsChoice? Of(Profile profile, ProfileChoice choice)
        {
            var input = profile.Input.Csv!;
            var read = Of(input, choice);
            if (read is not { Refusal: null })
            {
                return read;
            }

            var columns = read.Head.Columns.ToList();
            var groupBy = input.GroupBy.Select(name => columns.IndexOf(name)).ToArray();
            var missing = Array.IndexOf(groupBy, -1);
            return missing < 0
                ? read with { GroupBy = groupBy }
                : read with
                {
                    Refusal = (ReasonCodes.UnknownHeader,
                        $"the profile {profile.Name} puts rows together by the column {Told(input.GroupBy[missing])}, which the header lacks; {Columns(read.Head)}"),
                };
        }

        private RowsChoice? Of(CsvInput input, ProfileChoice? choice) =>
            Head(input) is { } head ? new RowsChoice(head, EncodingOf(input), [], choice, Binary(input) ?? head.Problem) : null;

        /// <summary>What is no text at all.</summary>
        private (string Reason, string Detail)? Binary(CsvInput input) =>
            file.Bytes.Span.StartsWith(FormatRecogniser.ZipArchive) ? (ReasonCodes.UnknownHeader, "the file is a ZIP archive or a workbook: save its table as CSV")
            : EncodingOf(input) is not Utf16Encoding && file.Bytes.Span.IndexOf((byte)0) is >= 0 and < 2 && file.Bytes.Length > 3
                ? (ReasonCodes.InvalidText, "the file looks like UTF-16 without a byte order mark: write it with one, or let its profile say utf-16 in input.csv.encoding")
            : null;

        private FileEncoding EncodingOf(CsvInput input) => mark ?? FileEncoding.Of(input.Encoding);

        private CsvHead? Head(CsvInput input)
        {
            var key = (input.SkipLines, input.Header, input.Delimiter, input.Quote, EncodingOf(input));
            if (!input.Header || !_heads.TryGetValue(key, out var head))
            {
                head = CsvHead.TryRead(TextIn(EncodingOf(input)), isAll, input);
                if (head is { Problem: null } && isAll && !file.IsEnd && head.Text.Length == TextIn(EncodingOf(input)).Length)
                {
                    head = head with { Problem = (ReasonCodes.UnknownHeader, FormattableString.Invariant($"the header has not ended after {file.Bytes.Length} bytes")) };
                }

                _heads[key] = head;
            }

            return head;
        }

        /// <summary>The beginning of the file as UTF-8, without byte order mark.</summary>
        private ReadOnlyMemory<byte> TextIn(FileEncoding encoding)
        {
            if (!_texts.TryGetValue(encoding, out var text))
            {
                text = encoding.Text(file.Bytes.Span, isAll);
                _texts[encoding] = text;
            }

            return text;
        }

        private static string Unknown(CsvHead head) =>
            $"no profile knows the header; {Columns(head)}. cax profiles new --from FILE drafts a profile; one that there is, is named with --profile NAME or a rule of Cax__Exports__Paths; notes above the header are passed over by skipLines";

        private static string Columns(CsvHead head)
        {
            var more = head.Columns.Count - ToldColumns;
            return FormattableString.Invariant(
                $"its columns are {string.Join(", ", head.Columns.Take(ToldColumns).Select(Told))}{(more > 0 ? $" and {more} more" : "")}");
        }

        /// <summary>A name out of the file, such as a line of a log can hold.</summary>
        /// <summary>The first row of a file without a header is data, perhaps of a person: what looks like an address or a number is not told.</summary>
        private static string Told(string name)
        {
            if (name.Contains('@', StringComparison.Ordinal) || name.Count(char.IsAsciiDigit) >= MostDigits)
            {
                return "(a value, not a name)";
            }

            var text = string.Concat(name.EnumerateRunes().Where(IsPlain).Take(ToldLetters));
            return text.Length < name.Length && name.EnumerateRunes().Count(IsPlain) > ToldLetters ? text + "…" : text;
        }

        private static bool IsPlain(Rune letter) => Rune.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }
}

using System.Buffers;
using System.Text;
using Cax.Core.Sources.Files;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Sources.Csv;

/// <summary>Rows of every kind, written by a few lines of this test and read back.</summary>
public sealed class RandomRowsTests
{
    private static readonly string[] Pieces =
    [
        "a", "Z", " ", "0", "-", "\"", "\"\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", "\\", "'", "\u00e9", "\u20ac", "\u0153", "{", "}", "[1,2]",
    ];

    private static readonly SearchValues<char> Special = SearchValues.Create("\r\n\",;\t|");
    private static readonly SearchValues<char> Nothing = SearchValues.Create("\r\n\", \t");

    // What one byte cannot hold.
    private static readonly string[] Far = ["\ud83d\ude00", "\u4e2d", "\u0000", "\u202e"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_was_written_is_read_whatever_the_dialect_and_the_size_of_the_pieces(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 120; round++)
        {
            var encoding = FileEncoding.Of(Pick(random, "utf-8", "utf-8", "utf-16", "utf-16BE", "windows-1252", "iso-8859-15")).Standard;
            var isWide = encoding.WebName.StartsWith("utf", StringComparison.Ordinal);
            var separator = Pick(random, ",", ";", "\t", "|")[0];
            var lineBreak = Pick(random, "\n", "\r\n", "\r");
            var columns = random.Next(1, 7);
            var rows = Enumerable.Range(0, random.Next(0, 30)).Select(_ => Row(random, columns, isWide)).ToList();
            var text = new StringBuilder(string.Join(separator, Enumerable.Range(0, columns).Select(i => $"c{i}")));
            var expected = new List<(int Line, string Raw, string[] Fields)>();
            var line = 1 + Break(text, lineBreak);
            foreach (var row in rows)
            {
                for (; random.Next(8) == 0; line++)
                {
                    text.Append(lineBreak);
                }

                var begin = text.Length;
                text.AppendJoin(separator, row.Select(field => Write(random, field)));
                var isBlank = row.All(field => field.AsSpan().Trim(" \t").IsEmpty);
                var inner = Count(text.ToString(begin, text.Length - begin));
                text.Append(lineBreak);
                if (!isBlank)
                {
                    expected.Add((line, text.ToString(begin, text.Length - begin), row));
                }

                line += inner + 1;
            }

            if (random.Next(2) == 0 && expected is [.., var last] && text.ToString().EndsWith(last.Raw, StringComparison.Ordinal))
            {
                text.Length -= lineBreak.Length;
                expected[^1] = last with { Raw = last.Raw[..^lineBreak.Length] };
            }

            var mark = encoding.WebName is "utf-16BE" || random.Next(2) == 0 ? Encoding.GetEncoding(isWide ? encoding.WebName : "us-ascii").GetPreamble() : [];
            byte[] bytes = [.. mark, .. encoding.GetBytes(text.ToString())];
            var file = await RowFiles.ReadAsync(
                random.Next(4) == 0 ? RowFiles.Gzip(bytes) : bytes,
                $$"""{"delimiter": "{{(separator == '\t' ? "\\t" : separator)}}", "encoding": "{{(encoding.WebName is "utf-16BE" ? "utf-16" : encoding.WebName)}}"}""",
                piece: random.Next(3) == 0 ? int.MaxValue : random.Next(1, 50));

            var what = $"seed {seed}, round {round}, {encoding.WebName}, {text.Replace("\r", "\\r").Replace("\n", "\\n")}";
            Assert.True(!file.Bad.Any(), $"{what}: {file.Bad.FirstOrDefault()?.Fault}");
            Assert.True(expected.Select(row => row.Fields).SequenceEqual(file.Good.Select(record => record.Row().Values.ToArray()), new Fields()), what);
            Assert.True(expected.Select(row => (long)row.Line).SequenceEqual(file.Good.Select(record => record.Position.Line)), what);
            Assert.True(expected.Select(row => row.Raw).SequenceEqual(file.Good.Select(record => record.RawRows().Single())), what);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"groupBy": ["c0"]}""")]
    public async Task Whatever_the_bytes_are_the_size_of_the_pieces_changes_nothing_and_no_row_is_lost(string csv)
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Pick(random, "\"", "\"", ",", ",", "\n", "\r\n", "\r", "a", "b", " ", "\u00e9")));
            byte[] bytes = [.. "c0,c1,c2\n"u8, .. Encoding.UTF8.GetBytes(body)];
            if (random.Next(3) == 0)
            {
                bytes[random.Next(9, bytes.Length)] = (byte)random.Next(256);
            }

            var whole = await RowFiles.ReadAsync(bytes, csv);
            foreach (var piece in (int[])[1, 2, 3, 7])
            {
                var pieces = await RowFiles.ReadAsync(bytes, csv, piece);
                Assert.Equal(whole.Records.Select(Told), pieces.Records.Select(Told));
            }

            // Every byte is in a row, or in a line that holds nothing.
            var rest = Encoding.Latin1.GetString(bytes[9..]);
            foreach (var row in whole.Records.SelectMany(record => record.Rows!.Rows.Select(row => Encoding.Latin1.GetString(record.Rows.Text.Span.Slice(row.Start, row.Length)))))
            {
                var at = rest.IndexOf(row, StringComparison.Ordinal);
                Assert.True(at >= 0, body);
                Assert.True(rest.AsSpan(0, at).IndexOfAnyExcept(Nothing) < 0, body);
                rest = rest[(at + row.Length)..];
            }

            Assert.True(rest.AsSpan().IndexOfAnyExcept(Nothing) < 0, body);
        }
    }

    private static string Told(Cax.Core.Sources.Record record) =>
        $"{record.Position} {record.Fault} {Convert.ToHexString(record.Utf8.Span)} {string.Join(';', record.Rows!.Rows)}";

    private static int Break(StringBuilder text, string lineBreak)
    {
        text.Append(lineBreak);
        return 1;
    }

    private static string[] Row(Random random, int columns, bool isWide) => [.. Enumerable.Range(0, columns).Select(_ =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => isWide && random.Next(5) == 0 ? Pick(random, Far) : Pick(random, Pieces))))];

    private static string Write(Random random, string field) =>
        field.AsSpan().ContainsAny(Special) || random.Next(3) == 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static int Count(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            count += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')) ? 1 : 0;
        }

        return count;
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    private sealed class Fields : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? x, string[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(string[] obj) => obj.Length;
    }
}

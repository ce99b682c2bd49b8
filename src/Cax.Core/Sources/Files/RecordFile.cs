using System.Runtime.CompilerServices;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources.Csv;

namespace Cax.Core.Sources.Files;

/// <summary>
/// A file of records in any of the shapes that are read: NDJSON, a JSON array, CSV or TSV, each plain or packed with gzip, recognised by its content.
/// </summary>
/// <remarks>
/// What is no record is a record with a fault, also what comes of a file that cannot be read as a whole: one whose header nobody knows, or one of gzip
/// that is damaged. Reading the same bytes again gives the same records.
/// </remarks>
public sealed class RecordFile : IAsyncDisposable
{
    /// <summary>The longest beginning of a file in which a header has to end. In bytes.</summary>
    private const int MostHead = 2 * 1_024 * 1_024;

    /// <summary>The most that is held of a row, in case it ends. In bytes, with one more that stands before it.</summary>
    private const int MostHeld = 16 * 1_024 * 1_024;

    /// <summary>What is kept of a header that is refused. In bytes.</summary>
    private const int KeptHeader = 4_096;

    private readonly Stream _text;
    private readonly SourceOptions _options;
    private readonly UnpackedStream? _packed;
    private readonly RowsChoice? _rows;

    private RecordFile(Stream text, SourceOptions options, UnpackedStream? packed, RowsChoice? rows, FileLayout layout, ReadOnlyMemory<byte> beginning)
    {
        _text = text;
        _options = options;
        _packed = packed;
        _rows = rows;
        Layout = layout;
        Beginning = beginning;
    }

    /// <summary>What was recognised.</summary>
    public FileLayout Layout { get; }

    /// <summary>How the file begins, as UTF-8 and without byte order mark: as much as was needed to recognise it.</summary>
    public ReadOnlyMemory<byte> Beginning { get; }

    /// <summary>Whether its rows cannot be read at all, for its header or for the profile that was asked for; then its one record says why.</summary>
    public bool IsRefused => _rows?.Refusal is not null;

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="input">The file, from its beginning; closed with what is returned.</param>
    /// <param name="name">Its name or path: it decides where the content leaves a doubt.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="profiles">The profiles that may know its header.</param>
    /// <param name="hints">The profile that was asked for, if one was.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<RecordFile> OpenAsync(
        Stream input, string name, SourceOptions options, ProfileCatalog profiles, MappingHints hints, CancellationToken cancellation)
    {
        try
        {
            return await RecogniseAsync(input, name, options, profiles, hints, cancellation);
        }
        catch
        {
            await input.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its records, from the first to the last. What cannot be read is a record with a fault.</summary>
    public IAsyncEnumerable<Record> ReadAsync(CancellationToken cancellation) => _rows switch
    {
        { Refusal: { } refusal } => Refused(_rows.Head, refusal).ToAsyncEnumerable(),
        not null => RowsAsync(_rows, cancellation),
        null => JsonAsync(cancellation),
    };

    public ValueTask DisposeAsync() => _text.DisposeAsync();

    private static async ValueTask<RecordFile> RecogniseAsync(
        Stream input, string name, SourceOptions options, ProfileCatalog profiles, MappingHints hints, CancellationToken cancellation)
    {
        var head = new FileHead(input);
        await head.ReadAsync(FileEncoding.Mark.Length, cancellation);
        UnpackedStream? packed = null;
        if (UnpackedStream.IsPacked(head.Bytes.Span))
        {
            packed = new UnpackedStream(head.Whole);
            head = new FileHead(packed);
            await head.ReadAsync(FileEncoding.Mark.Length, cancellation);
        }

        var mark = FileEncoding.OfMark(head.Bytes.Span);
        while (true)
        {
            var isAll = head.IsEnd || head.Bytes.Length >= MostHead;
            if (Recognise(head, isAll, mark, name, options, profiles, hints, packed) is { } file)
            {
                return file;
            }

            if (isAll)
            {
                throw new InvalidOperationException("The beginning of a file was looked at, and it is neither rows nor JSON: this is a bug of the connector.");
            }

            await head.ReadAsync(head.Bytes.Length + 1, cancellation);
        }
    }

    /// <summary>Null when more of the file is needed to know what it is.</summary>
    private static RecordFile? Recognise(
        FileHead head, bool isAll, FileEncoding? mark, string name, SourceOptions options, ProfileCatalog profiles, MappingHints hints, UnpackedStream? packed)
    {
        var text = (mark ?? FileEncoding.Utf8).Text(head.Bytes.Span, isAll);
        var asked = hints.Profile is { } choice ? profiles.Find(choice.Name) : null;
        var format = asked is not null ? (asked.Input.Csv is null ? FileFormat.Json : FileFormat.Csv) : FormatRecogniser.Of(text, isAll, name);
        return format switch
        {
            null => null,
            FileFormat.Json => Json(),
            _ => Rows(),
        };

        RecordFile? Json() => !JsonRepair.TryLook(text.Span, isAll, out var repairOf)
            ? null
            : new RecordFile(
                Decoded(head.Whole, mark ?? FileEncoding.Utf8),
                options,
                packed,
                null,
                new FileLayout
                {
                    Format = FileFormat.Json,
                    IsGzip = packed is not null,
                    Encoding = (mark ?? FileEncoding.Utf8).Standard,
                    HasByteOrderMark = mark is not null,
                    Profile = hints.Profile,
                    RepairOf = repairOf,
                },
                text);

        RecordFile? Rows()
        {
            var rows = RowsChoice.Of(head, isAll, mark, profiles, hints.Profile);
            return rows is null ? null : new RecordFile(Decoded(head.Whole, rows.Encoding), options, packed, rows, Of(rows, mark is not null, packed is not null), text);
        }
    }

    private static Stream Decoded(Stream file, FileEncoding encoding) => encoding == FileEncoding.Utf8 ? file : new DecodedStream(file, encoding);

    private static FileLayout Of(RowsChoice rows, bool hasMark, bool isGzip)
    {
        var head = rows.Head;
        return new FileLayout
        {
            Format = FileFormat.Csv,
            IsGzip = isGzip,
            Encoding = rows.Encoding.Standard,
            HasByteOrderMark = hasMark,
            Separator = head.Dialect.Separator,
            Quote = head.Dialect.Quote,
            Head = head.OwnText,
            HeaderStart = head.HeaderStart,
            LineBreak = head.LineBreak,
            Columns = head.Columns,
            Profile = rows.Profile,
            RepairOf = head.RepairOf,
        };
    }

    private async IAsyncEnumerable<Record> JsonAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in new JsonRecordReader(_options).ReadAsync(_text, () => _packed?.Damage, cancellation))
        {
            yield return Layout.RepairOf is null ? record : JsonRepair.Original(record);
        }
    }

    private async IAsyncEnumerable<Record> RowsAsync(RowsChoice rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var window = new TextWindow(Math.Max(MostHeld, _options.MaxRecordBytes) - 1);
        for (var left = (Layout.HasByteOrderMark ? FileEncoding.Mark.Length : 0) + rows.Head.Text.Length; left > 0 && !window.IsEnd;)
        {
            await window.FillAsync(_text, cancellation);
            var length = Math.Min(left, window.Length);
            left -= length;
            window.Pass(length, left == 0 ? rows.Head.Lines : 0);
        }

        using var framer = new CsvRecordFramer(
            window, rows.Head, rows.GroupBy, rows.Profile is { By: ProfileRule.Header } chosen ? chosen : null, _options.MaxRecordBytes);
        while (true)
        {
            framer.Damage = window.IsEnd ? _packed?.Damage : null;
            while (framer.Next() is { } record)
            {
                yield return record;
            }

            if (framer.IsEnd)
            {
                yield break;
            }

            await window.FillAsync(_text, cancellation);
        }
    }

    /// <summary>The one record that comes of a file whose rows cannot be read.</summary>
    private Record[] Refused(CsvHead head, (string Reason, string Detail) refusal)
    {
        var header = head.Text[head.HeaderStart..];
        var place = new RecordPosition(head.HeaderLine, 1, head.HeaderStart + (Layout.HasByteOrderMark ? FileEncoding.Mark.Length : 0), header.Length);
        return
        [
            new Record
            {
                Position = place,
                Utf8 = header[..Math.Min(header.Length, KeptHeader)],
                Fault = new RecordFault(refusal.Reason, refusal.Detail, place with { Length = 0 }),
            },
        ];
    }
}

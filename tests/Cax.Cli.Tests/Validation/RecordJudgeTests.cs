using System.Text;
using Cax.Cli.Tests.Support;
using Cax.Cli.Validation;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Record = Cax.Core.Sources.Record;

namespace Cax.Cli.Tests.Validation;

public sealed class RecordJudgeTests
{
    [Fact]
    public void Of_a_record_that_holds_several_each_is_counted_and_shown_at_its_own_place()
    {
        var good = Messages.Lead("1");
        var text = $"[{good},\n  {{}}]";
        var second = text.LastIndexOf("{}", StringComparison.Ordinal);
        var judge = new RecordJudge(new CaxOptions(), new Halving(good.Length, second), MappingHints.None, TimeProvider.System);
        var record = new Record { Position = new RecordPosition(7, 3, 100, text.Length), Utf8 = Encoding.UTF8.GetBytes(text) };

        var found = Assert.Single(judge.Judge("a.ndjson", DateTimeOffset.UtcNow, record, ids: null));

        Assert.Equal((2, 1), (judge.Records, judge.Events));
        Assert.Equal((8, 3, "unknown_payload"), (found.Line, found.Column, found.Finding.Code));
    }

    /// <summary>Takes the one record apart at two places.</summary>
    private sealed class Halving(int length, int second) : IRecordMapper
    {
        private readonly RecordMapper _mapper = new(new MappingOptions());

        public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin) => utf8.Span[0] == (byte)'['
            ? MapResult.Holding([new RecordPart(utf8.Slice(1, length), 1, length), new RecordPart(utf8.Slice(second, 2), second, 2)])
            : _mapper.Map(utf8, origin);
    }
}

using System.Text;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Sources.Csv;

/// <summary>Writes rows as JSON objects of column name to text.</summary>
internal sealed class RowJson
{
    // What stands before each value: {"name": or ,"name":
    private readonly byte[][] _names;

    public RowJson(IReadOnlyList<string> columns)
    {
        _names = new byte[columns.Count][];
        var buffer = new ByteBuffer(64);
        for (var i = 0; i < _names.Length; i++)
        {
            buffer.Clear();
            buffer.Append((byte)(i == 0 ? '{' : ','));
            buffer.Quote(Encoding.UTF8.GetBytes(columns[i]));
            buffer.Append((byte)':');
            _names[i] = buffer.Written.ToArray();
        }
    }

    public void Write(RowCutter row, ByteBuffer buffer)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            buffer.Append(_names[i]);
            buffer.Quote(row.Field(i));
        }

        buffer.Append((byte)'}');
    }
}

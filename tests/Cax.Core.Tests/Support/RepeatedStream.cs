using System.Text;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Support;

/// <summary>A text of any size that is nowhere held: a beginning, a piece that comes again and again, and an end.</summary>
internal sealed class RepeatedStream(string head, string unit, int count, string tail) : ForwardStream
{
    private readonly byte[] _unit = Encoding.UTF8.GetBytes(unit);
    private readonly byte[] _tail = Encoding.UTF8.GetBytes(tail);
    private byte[] _now = Encoding.UTF8.GetBytes(head);
    private int _at;
    private int _left = count + 1;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var given = 0;
        while (given < buffer.Length)
        {
            if (_at == _now.Length)
            {
                if (_left < 0)
                {
                    break;
                }

                _at = 0;
                _now = --_left > 0 ? _unit : _left == 0 ? _tail : [];
            }

            var length = Math.Min(_now.Length - _at, buffer.Length - given);
            _now.AsMemory(_at, length).CopyTo(buffer[given..]);
            _at += length;
            given += length;
        }

        return ValueTask.FromResult(given);
    }
}

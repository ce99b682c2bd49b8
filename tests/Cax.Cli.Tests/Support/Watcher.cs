using System.Text;

namespace Cax.Cli.Tests.Support;

/// <summary>Standard error that tells a test when a line with some text has come.</summary>
internal sealed class Watcher(string text) : StringWriter
{
    private readonly TaskCompletionSource<string> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Seen => _seen.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
        {
            _seen.TrySetResult(value);
        }
    }
}

using System.Globalization;

namespace Cax.Core.Events;

/// <summary>
/// Takes the findings of one event or body, gives each its severity, and stops at a hundred: an event of nothing but mistakes
/// must not grow into a report many times its size.
/// </summary>
internal sealed class EventFindings(ICollection<Finding> findings, EventOptions options, string root)
{
    private const int Most = 100;

    private int _added;
    private int _leftOut;
    private Severity _worstLeftOut;
    private string _codeLeftOut = "";

    public void Error(string code, string path, string message) => Add(code, Severity.Error, path, message);

    public void Warning(string code, string path, string message) =>
        Add(code, options.Strict ? Severity.Error : Severity.Warning, path, message);

    /// <summary>For the rules of <see cref="EventOptions.AdjustableRules"/>.</summary>
    public void Adjustable(string code, string path, string message) =>
        Add(code, options.Strict ? Severity.Error : options.Severities.GetValueOrDefault(code, Severity.Error), path, message);

    /// <summary>
    /// Says how many findings were left out. Their worst severity counts, or a mistake could hide behind a hundred warnings.
    /// </summary>
    public void Close()
    {
        if (_leftOut > 0)
        {
            findings.Add(new Finding(_codeLeftOut, _worstLeftOut, root, string.Create(
                CultureInfo.InvariantCulture,
                $"has {_leftOut:N0} findings more, which are left out; repair the first {Most} and validate again")));
        }
    }

    private void Add(string code, Severity severity, string path, string message)
    {
        if (_added < Most)
        {
            _added++;
            findings.Add(new Finding(code, severity, path, message));
            return;
        }

        if (_leftOut == 0 || severity > _worstLeftOut)
        {
            _worstLeftOut = severity;
            _codeLeftOut = code;
        }

        _leftOut++;
    }
}

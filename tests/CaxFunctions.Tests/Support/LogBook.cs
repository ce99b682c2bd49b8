using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Support;

/// <summary>Keeps everything that is logged: texts, values, scopes and exceptions.</summary>
public sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<Logged> _entries = new();
    private readonly ConcurrentQueue<string> _scopes = new();

    public IReadOnlyList<Logged> Entries => [.. _entries];

    /// <summary>Everything, as text.</summary>
    public IEnumerable<string> Texts => [.. _scopes, .. _entries.SelectMany(entry => (string[])[entry.Text, entry.Values, entry.Exception])];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _scopes.Enqueue(state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(new Logged(
            eventId.Id,
            logLevel,
            formatter(state, exception),
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : "",
            exception?.ToString() ?? ""));

    public void Dispose()
    {
    }
}

/// <summary>One entry of a log.</summary>
public sealed record Logged(int Id, LogLevel Level, string Text, string Values, string Exception);

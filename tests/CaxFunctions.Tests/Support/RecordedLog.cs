using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Support;

/// <summary>Keeps what is logged.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Message)> _entries = new();

    public IReadOnlyList<(LogLevel Level, int Id, string Message)> Entries => [.. _entries];

    /// <summary>The messages with an id, in order.</summary>
    public IReadOnlyList<string> Of(int id) => [.. _entries.Where(entry => entry.Id == id).Select(entry => entry.Message)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
    }
}

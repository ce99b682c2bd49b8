using Cax.Core;
using Cax.Core.Mapping.Profiles;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Profiles;

/// <summary>Reads the profiles of the owner before anything is taken from a queue or a container, and again whenever one of them was changed.</summary>
/// <remarks>
/// A record that needs a profile must not be parked because the storage was down when the app began. So without its profiles the app does not begin:
/// messages stay in their queues, and the host starts it again.
/// </remarks>
/// <param name="read">Gives the documents; null when nothing was changed since it was asked last.</param>
/// <param name="container">As messages name it.</param>
/// <param name="current">Where the profiles are kept.</param>
/// <param name="options">All settings.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class ProfileService(
    Func<CancellationToken, Task<IReadOnlyList<ProfileDocument>?>> read, string container, CurrentProfiles current, CaxOptions options, TimeProvider time, ILogger<ProfileService> log)
    : IHostedLifecycleService, IDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private Task _reloading = Task.CompletedTask;
    private bool _fails;

    /// <summary>Before any other service starts, so before the worker takes its first message.</summary>
    /// <exception cref="InvalidOperationException">The profiles cannot be read, or the settings name some that cannot be used; the message says which, and no value.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (ProfileSettings.Problems(options, current.Catalog) is { Count: > 0 } problems)
        {
            throw new InvalidOperationException($"The settings are wrong.{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Mapping.Profiles.ReloadEvery > TimeSpan.Zero)
        {
            _reloading = ReloadAgainAndAgainAsync(_stopping.Token);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _reloading;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task LoadAsync(CancellationToken cancellation)
    {
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                await ReadAsync(cancellation);
                return;
            }
            catch (IOException e) when (left > 0)
            {
                log.NotLoaded(container, e.Message, left);
                await Task.Delay(Rest, time, cancellation);
            }
            catch (IOException e)
            {
                // What lies beneath may hold an address with a secret, and the runtime prints it.
                throw new InvalidOperationException($"The profiles of {container} cannot be read, and without them the app does not begin. {e.Message}");
            }
        }
    }

    private async Task ReloadAgainAndAgainAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Mapping.Profiles.ReloadEvery, time, stopping);
                await ReloadAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Nobody looks at this task before the end: a bug must not end the reloading in silence.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Failed(BugTrace.Of(bug));
        }
    }

    /// <summary>An outage of the storage is told when it begins and when it ends.</summary>
    private async Task ReloadAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(cancellation);
            if (_fails)
            {
                log.ReadAgain(container);
            }

            _fails = false;
        }
        catch (IOException e)
        {
            if (!_fails)
            {
                log.NotReloaded(container, e.Message);
            }

            _fails = true;
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        if (await read(cancellation) is { } documents)
        {
            current.Catalog = new ProfileCatalog(options.Mapping.Profiles.Parameters, documents, current.Catalog);
            Tell(documents);
        }
    }

    /// <summary>The mistakes of a document are told when they are new, and not again because another document was changed.</summary>
    private void Tell(IReadOnlyList<ProfileDocument> documents)
    {
        var places = documents.Select(document => document.Place).ToHashSet(StringComparer.Ordinal);
        var broken = current.Catalog.Problems.Where(problem => places.Contains(problem.Place)).GroupBy(problem => problem.Place).ToList();
        log.Loaded(container, documents.Count, broken.Count);
        foreach (var mistakes in broken)
        {
            var text = string.Join(Environment.NewLine, mistakes);
            if (_told.GetValueOrDefault(mistakes.Key) != text)
            {
                log.Broken(mistakes.Key, mistakes.Count(), text);
            }

            _told[mistakes.Key] = text;
        }

        foreach (var sound in _told.Keys.Except(broken.Select(mistakes => mistakes.Key)).ToList())
        {
            _told.Remove(sound);
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Cax.Simulator;

/// <summary>Leaves Ctrl+C and the other signals to the program that started the twin.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

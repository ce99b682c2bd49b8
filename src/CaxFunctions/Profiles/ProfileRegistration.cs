using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Profiles;

/// <summary>Puts the profiles together, on top of what the connector has already.</summary>
internal static class ProfileRegistration
{
    /// <param name="services">Have <see cref="CaxOptions"/>, <see cref="BlobServiceClient"/> and the clock.</param>
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton(provider => new CurrentProfiles(provider.GetRequiredService<CaxOptions>().Mapping.Profiles));
        services.AddHostedService(provider =>
        {
            var options = provider.GetRequiredService<CaxOptions>();
            var blobs = new BlobProfiles(provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(options.Mapping.Profiles.Container));
            return new ProfileService(
                blobs.ReadAsync,
                blobs.Name,
                provider.GetRequiredService<CurrentProfiles>(),
                options,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ProfileService>>());
        });
        return services;
    }
}

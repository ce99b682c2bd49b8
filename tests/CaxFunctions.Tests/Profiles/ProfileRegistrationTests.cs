using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Tests.Support;
using Cax.Storage.Tests.Support;
using CaxFunctions.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CaxFunctions.Tests.Profiles;

/// <summary>As the app puts it together, over a real blob store.</summary>
public sealed class ProfileRegistrationTests(Azurite azurite)
{
    [Fact]
    public async Task The_profiles_of_the_container_that_the_settings_name_are_those_of_the_app()
    {
        var service = new BlobServiceClient(await azurite.ConnectionAsync());
        var container = (await service.CreateBlobContainerAsync("profiles-" + Guid.NewGuid().ToString("N"))).Value;
        await container.UploadBlobAsync("shops/till.profile.json", BinaryData.FromBytes(Tills.Document().Utf8));
        var profiles = new ProfileOptions { Container = container.Name, ReloadEvery = TimeSpan.Zero };
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services
            .AddSingleton(service)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new CaxOptions { Mapping = new MappingOptions { Profiles = profiles } })
            .AddProfiles();
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(host.Services.GetRequiredService<CurrentProfiles>().Catalog.Has("till"));
    }
}

using CaxFunctions;
using CaxFunctions.Health;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddConnector(builder.Configuration).AddSourceHealth();
await builder.Build().RunAsync();

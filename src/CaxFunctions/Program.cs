using CaxFunctions;
using CaxFunctions.Health;
using CaxFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddTelemetry();
builder.Services.AddConnector(builder.Configuration).AddSourceHealth();
await builder.Build().RunAsync();

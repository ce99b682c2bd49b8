using CaxFunctions;
using CaxFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddTelemetry();
builder.Services.AddConnector(builder.Configuration);
await builder.Build().RunAsync();

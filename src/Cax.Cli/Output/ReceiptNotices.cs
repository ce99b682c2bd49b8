using Cax.Core.Telemetry;

namespace Cax.Cli.Output;

/// <summary>Tells a person what a log would say of receipts; the rest of a run is told by its progress and its accounts.</summary>
internal static class ReceiptNotices
{
    public static CaxTelemetry For(CliConsole console) => new(notice =>
    {
        if (notice is ReceiptsFailed failed)
        {
            console.Say($"warning: receipts could not be written, so `cax find` will not know of this run. {failed.Detail}");
        }
        else if (notice is ReceiptsUnread unread)
        {
            console.Say($"warning: receipts could not be read, so what earlier runs sent may be sent again. {unread.Detail}");
        }
    });
}

using Cax.Core.Reports;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>Tells sources what became of their deliveries, several at a time.</summary>
internal sealed class Settlements(AccountBook accounts, Action<Notice> tell)
{
    private const int AtATime = 32;

    private readonly Slots _slots = new(AtATime);

    /// <summary>Begins to tell a source. Waits only while many others take their time.</summary>
    public async ValueTask TellAsync(LedgerDelivery delivery, Outcome outcome)
    {
        await _slots.TakeAsync(CancellationToken.None);
        _ = SettleAsync(delivery, outcome);
    }

    /// <summary>Waits until every source was told.</summary>
    public ValueTask WhenIdleAsync() => _slots.WhenFreeAsync();

    private async Task SettleAsync(LedgerDelivery delivery, Outcome outcome)
    {
        try
        {
            await delivery.Source.SettleAsync(outcome, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a source throws here concerns this delivery only: it will offer it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var lockLost = delivery.Source.IsLockLoss(e);
            accounts.SettlementFailed();
            delivery.Meters?.SettlementFailed(lockLost);
            tell(new SettlementFailed(delivery.Source.Name, e.GetType().Name, lockLost));
        }
        finally
        {
            _slots.Leave();
        }
    }
}

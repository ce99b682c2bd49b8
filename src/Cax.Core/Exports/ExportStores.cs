using Cax.Core.Documents;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;

namespace Cax.Core.Exports;

/// <summary>Where everything about files is written.</summary>
/// <param name="Reports">Reports, and how far files have come.</param>
/// <param name="Repairs">Repair files: they hold source data, so they lie beside the dead letters.</param>
/// <param name="Receipts">What was sent.</param>
/// <param name="Ids">Hashes business ids.</param>
public sealed record ExportStores(IDocumentStore Reports, IDocumentStore Repairs, ReceiptBook Receipts, HashedIds Ids);

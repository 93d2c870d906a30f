export { applyPending, applyToBalances } from './apply-to-balances.ts'
export { BillRuns } from './bill-run.ts'
export { checkInvoicing } from './checks.ts'
export type { InvoiceDocument } from './document.ts'
export { getInvoice, invoicingRoutes } from './routes.ts'
export {
  type Invoice,
  type InvoiceLineRow,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
  settledBefore,
} from './store.ts'

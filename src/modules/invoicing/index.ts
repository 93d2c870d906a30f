export { billingOf } from './account-lines.ts'
export { accountsToSettle, applyPending, applyToBalances } from './apply-to-balances.ts'
export { BillRuns } from './bill-run.ts'
export { checkOwed } from './check-owed.ts'
export { checkInvoicing } from './checks.ts'
export { issueCorrectionNote } from './correction-note.ts'
export { takeFeesOfNewDays } from './daily-fees.ts'
export type { InvoiceDocument } from './document.ts'
export { accountBooks } from './open-balances.ts'
export { isOpened } from './opening-store.ts'
export { lookAtUsage } from './progressive-billing.ts'
export { invoiceReadRoutes } from './read-routes.ts'
export { getInvoice, invoicingRoutes } from './routes.ts'
export {
  givenByDiscounts,
  type Invoice,
  type InvoiceLineRow,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
} from './store.ts'

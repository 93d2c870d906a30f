export { billingOf } from './account-lines.ts'
export { accountsToSettle, applyToBalances } from './apply-to-balances.ts'
export { issueCorrectionNote } from './correction-note.ts'
export { takeFeesOfNewDays } from './daily-fees.ts'
export type { InvoiceDocument } from './document.ts'
export { invoicingModule } from './module.ts'
export { accountBooks } from './open-balances.ts'
export { isOpened } from './opening-store.ts'
export type { PdfRenderer } from './ports.ts'
export { getInvoice } from './routes.ts'
export {
  givenByDiscounts,
  type Invoice,
  type InvoiceLineRow,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
} from './store.ts'

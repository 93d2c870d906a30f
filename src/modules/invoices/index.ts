export { document, line, purpose } from './answers.ts'
export { listBilledLines } from './billed-lines.ts'
export {
  accountsOfUnsettled,
  arrearsMinor,
  documentsMinor,
  lastUsageLines,
  listDocumentsToApply,
  markDocumentApplied,
  markSettled,
  markTakenUp,
  markUnsettled,
  withDocuments,
} from './documents-for-balances.ts'
export { earlierTotals } from './earlier-totals.ts'
export { documentIssued } from './events.ts'
export { invoicesModule } from './module.ts'
export { byReference } from './routes.ts'
export {
  findByPurpose,
  getInvoice,
  givenByDiscounts,
  type Invoice,
  type InvoiceLineRow,
  insertInvoice,
  interimDays,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
  listUsageTold,
  nextNumber,
} from './store.ts'
export { storedTaxes } from './stored-taxes.ts'

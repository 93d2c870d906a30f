export { document, line, purpose } from './answers.ts'
export { listBilledLines } from './billed-lines.ts'
export {
  type DocumentRequest,
  findRequest,
  insertRequest,
  markUnbilled,
  purposeAfter,
  rebilledAfter,
  requestsAbout,
} from './document-requests.ts'
export {
  accountsOfUnsettled,
  arrearsMinor,
  documentsMinor,
  lastUsageLines,
  listBilledFor,
  listDocumentsToApply,
  markBilledForApplied,
  markDocumentApplied,
  markSettled,
  markTakenUp,
  markUnsettled,
  pendingBilledFor,
  withDocuments,
} from './documents-for-balances.ts'
export { type EarlierTotals, earlierTotals } from './earlier-totals.ts'
export { documentIssued } from './events.ts'
export { invoiceState } from './invoice-list.ts'
export { billedForRows, insertIssued, invoiceRows, nextNumbers, type Series } from './issue-store.ts'
export { invoicesModule } from './module.ts'
export type { FilesEnclosedWith } from './ports.ts'
export { documentPdf } from './read-routes.ts'
export { byReference } from './routes.ts'
export {
  type AskedMoney,
  accountsOfLines,
  findByPurpose,
  getInvoice,
  getInvoices,
  givenByDiscounts,
  type Invoice,
  type InvoiceLineRow,
  interimDays,
  linesOfInvoice,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
  listUsageTold,
  type OwedDocument,
  type UsageLineRow,
} from './store.ts'
export { readTaxes, type StoredTax, storedTaxes } from './stored-taxes.ts'

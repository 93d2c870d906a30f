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
  type AskedMoney,
  findByPurpose,
  getInvoice,
  givenByDiscounts,
  type Invoice,
  type InvoiceLineRow,
  insertInvoice,
  interimDays,
  linesOfInvoice,
  listAccountDocuments,
  listInvoices,
  listUsageLines,
  listUsageTold,
  nextNumber,
  type OwedDocument,
  type UsageLineRow,
} from './store.ts'
export { storedTaxes } from './stored-taxes.ts'

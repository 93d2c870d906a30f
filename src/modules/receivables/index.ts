export {
  accountsWithWriteOffs,
  hasSettled,
  linesThatArePaid,
  settledByOwnBalance,
  settledByPayment,
  sourcesOf,
  sponsoredDays,
  sponsoredDocuments,
  writtenOffOf,
} from './allocation-store.ts'
export { applyToBalances } from './apply-to-balances.ts'
export { feeKey, lastDays, listDays, putDay } from './daily-fee-store.ts'
export { disputedOpenOf } from './disputed-open.ts'
export { receivablesModule } from './module.ts'
export { accountBooks } from './open-balances.ts'
export { isOpened, loadOpened, openedAmong } from './opening-store.ts'
export { owedInAll } from './owed-in-all.ts'
export { type Receivables, receivablesOf } from './receivables.ts'
export { findRefundOfNote as refundOfNote, getRefund, listRefundsOf, type Refund } from './refund-store.ts'
export { assertNotSending, oweRefund, recordSent, sendingBy, sentThrough } from './refunds.ts'
export { reopenDocuments, reopenSale, reopenVoided } from './reopen.ts'
export { AccountSettlement, loadSettlements } from './settle.ts'
export { lowerWriteOff, writeOffOpen } from './write-offs.ts'

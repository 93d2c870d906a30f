export { type Claim, claimDocument, claimsOf, endClaim } from './claims.ts'
export { paymentsModule } from './module.ts'
export type { AskReversal, PaymentPorts } from './ports.ts'
export { listReversals, listReversalsToApply, markReversalApplied } from './reversal-store.ts'
export { leftOfPayment, reversePayment, takeBack } from './reversals.ts'
export { paymentFields, paymentKey } from './schemas.ts'
export { DEPOSIT, REFUND_KEPT, recordNotReceived, recordPayment, WRITE_OFF } from './service.ts'
export {
  accountsToApply,
  findPayment,
  getPayment,
  listPayments,
  listToApply,
  markAllApplied,
  markApplied,
  type Payment,
  paymentsMinor,
  selectAccountsToApply,
  standingPayments,
  withPayments,
} from './store.ts'

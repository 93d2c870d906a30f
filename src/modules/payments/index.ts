export { paymentsModule } from './module.ts'
export type { PaymentPorts } from './ports.ts'
export { listReversals, listReversalsToApply, markReversalApplied } from './reversal-store.ts'
export { reopenDocuments } from './reversals.ts'
export { type ConsumedMoney, settleAccount } from './service.ts'
export {
  accountsToApply,
  listPayments,
  listToApply,
  markAllApplied,
  markApplied,
  paymentsMinor,
  settledByOwnBalance,
  sponsoredUsage,
  withPayments,
} from './store.ts'

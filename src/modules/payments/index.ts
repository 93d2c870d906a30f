export { checkPayments } from './checks.ts'
export type { ApplyToBalances } from './ports.ts'

export { paymentRoutes } from './routes.ts'
export { type ConsumedMoney, settleAccount } from './service.ts'
export {
  accountsToApply,
  listPayments,
  listToApply,
  markAllApplied,
  markApplied,
  paymentsMinor,
  settledMinor,
  sponsoredUsage,
  withPayments,
} from './store.ts'

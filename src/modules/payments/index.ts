export { checkPayments } from './checks.ts'
export type { ApplyToBalances } from './ports.ts'

export { paymentRoutes } from './routes.ts'
export { settleAccount } from './service.ts'
export { accountsToApply, listToApply, markApplied, settledMinor } from './store.ts'

export { checkPayments } from './checks.ts'

export { paymentRoutes } from './routes.ts'
export { settleAccount } from './service.ts'
export { settledMinor } from './store.ts'

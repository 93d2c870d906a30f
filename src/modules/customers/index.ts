export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { customerRoutes } from './routes.ts'

export {
  type Account,
  type Customer,
  getRow,
  type Issuer,
  listAccountIds,
  listProgressiveAccountIds,
  listSubscriptionsOf,
  listSubscriptionsTo,
  lockAccount,
  type Subscription,
  setBilledUntil,
} from './store.ts'

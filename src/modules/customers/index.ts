export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { customerRoutes } from './routes.ts'

export {
  type Account,
  type Customer,
  getRow,
  type Issuer,
  listAccountIds,
  listAccountsByIds,
  listSubscriptionsOf,
  listSubscriptionsOfAccounts,
  lockAccount,
  type Subscription,
  setBilledUntil,
} from './store.ts'

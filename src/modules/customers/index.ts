export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { customerRoutes } from './routes.ts'
export { KINDS, schemas, type Kind } from './schemas.ts'
export {
  type Account,
  type Customer,
  getRow,
  type Issuer,
  listAccountIds,
  listSubscriptionsOf,
  lockAccount,
  setBilledUntil,
  type Subscription,
} from './store.ts'

export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { customerRoutes } from './routes.ts'
export { KINDS, type Kind, schemas } from './schemas.ts'
export {
  type Account,
  type Customer,
  getRow,
  type Issuer,
  listAccountIds,
  listSubscriptionsOf,
  lockAccount,
  type Subscription,
  setBilledUntil,
} from './store.ts'

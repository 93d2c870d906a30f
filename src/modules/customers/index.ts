export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { intervalsOf, loadLives, parentOf } from './lives.ts'
export { customerRoutes } from './routes.ts'
export { type ChangeRequest, changeRequest } from './schemas.ts'

export {
  type Account,
  type ChangeRow,
  type Customer,
  getRow,
  type Issuer,
  listAccountIds,
  listSubscriptionsOf,
  lockAccount,
  type Subscription,
  setBilledUntil,
} from './store.ts'
export { anchorOf, draftChange } from './subscription-changes.ts'

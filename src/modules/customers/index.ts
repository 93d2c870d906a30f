export { ofAccount } from './answers.ts'
export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { expand, expandQuery } from './expand.ts'
export { intervalsOf, loadLives, loadPhases, originOf, parentOf } from './lives.ts'
export { customersModule } from './module.ts'
export { type AccountNames, accountNames, accountQuery, accountsNamed, ofAccounts } from './names.ts'
export { type ChangeRequest, changeRequest, changeTime } from './schemas.ts'
export {
  type Account,
  type ChangeRow,
  findAccounts,
  getRow,
  listAccountIds,
  listAccountsByIds,
  listOfPlanVersions,
  listProgressiveAccountIds,
  listSubscriptionsOf,
  listSubscriptionsOfAccounts,
  lockAccount,
  lockAccounts,
  type Subscription,
  setBilledUntil,
} from './store.ts'
export { anchorOf, type DraftedChange, draftChange, keepChange, NothingChanges } from './subscription-changes.ts'

export { loadAccounts, loadAllAccounts } from './definition-rows.ts'
export { subscriptionKind } from './kind.ts'
export { subscriptionsModule } from './module.ts'
export { type ChangeRequest, changeRequest, changeTime } from './schemas.ts'
export {
  type ChangeRow,
  getSubscription,
  listAccountKeysOf,
  listOfPlanVersions,
  listSubscriptionsOf,
  listSubscriptionsOfAccounts,
  type Subscription,
} from './store.ts'
export { anchorOf, type DraftedChange, draftChange, keepChange, NothingChanges } from './subscription-changes.ts'
export { intervalsOf, loadPhases, loadTimelines, originOf, parentOf } from './timelines.ts'

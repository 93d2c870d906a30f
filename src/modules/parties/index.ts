export { answers as partyAnswers, keyOrWhole, ofAccount, related, row, unit } from './answers.ts'
export { loadPartyDefinitions } from './definitions.ts'
export { changed } from './events.ts'
export { expand, expandQuery } from './expand.ts'
export { changedColumns, type Row, type Stamp, type ThingKind } from './kind.ts'
export { expansionsOfAccount, PARTY_KINDS, serviceKind } from './kinds.ts'
export { type KindQuery, listKind } from './lists.ts'
export { type PartyNeeds, partiesModule } from './module.ts'
export { type AccountNames, accountNames, accountQuery, accountsNamed, keysOf, ofAccounts } from './names.ts'
export { gracePeriod } from './schemas.ts'
export {
  type Account,
  accountInUse,
  type Customer,
  findAccounts,
  getRow,
  getThing,
  type Issuer,
  listAccountIds,
  listAccountsByIds,
  listBilledTo,
  listByIds,
  listInBillingOrder,
  listProgressiveAccountIds,
  lockAccount,
  lockAccounts,
  type NamedAccount,
  type Service,
  setBilledUntil,
  zonesOf,
} from './store.ts'

import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { changedColumns, type Shown } from './kind.ts'
import { accountNames } from './names.ts'
import type { Draft } from './schemas.ts'
import * as store from './store.ts'

/** Columns of a service to be. */
export async function buildService(db: Database, draft: Draft<'service'>): Promise<object> {
  const account = await store.accountInUse(db, draft.account)
  const from = new Date(draft.validFrom)
  const until = draft.validUntil === null ? null : new Date(draft.validUntil)
  if (until !== null && until <= from) throw new Refusal('unprocessable', 'validUntil must be after validFrom')
  await store.lockServiceKey(db, draft.key)
  assertNoOverlap(await store.listServicesOfKey(db, draft.key), from, until, draft.key)
  return { key: draft.key, accountId: account.id, validFrom: from, validUntil: until }
}

function assertNoOverlap(others: readonly store.Service[], from: Date, until: Date | null, key: string): void {
  const other = others.find(
    (service) =>
      (until === null || service.validFrom < until) && (service.validUntil === null || service.validUntil > from),
  )
  if (other !== undefined) {
    const period = `${other.validFrom.toISOString()} to ${other.validUntil?.toISOString() ?? 'open'}`
    throw new Refusal('service_overlap', `the service ${key} exists from ${period}`)
  }
}

/** Columns that a change of a service sets. */
export async function changeService(db: Database, service: store.Service, changes: object): Promise<object> {
  const { validUntil } = changes as { readonly validUntil?: string | null }
  if (validUntil !== undefined) await assertMayEnd(db, service, validUntil === null ? null : new Date(validUntil))
  return changedColumns(changes)
}

async function assertMayEnd(db: Database, service: store.Service, until: Date | null): Promise<void> {
  if (until !== null && until <= service.validFrom)
    throw new Refusal('unprocessable', 'validUntil must be after validFrom')
  await store.lockServiceKey(db, service.key)
  const others = (await store.listServicesOfKey(db, service.key)).filter((other) => other.id !== service.id)
  assertNoOverlap(others, service.validFrom, until, service.key)
}

export async function viewServices(db: Database, services: readonly store.Service[]): Promise<Shown[]> {
  const names = await accountNames(
    db,
    services.map(({ accountId }) => accountId),
  )
  return services.map((service) => ({ ...service, ...names.get(service.accountId) }))
}

import type { AccountDefinitions } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { listPlanPhases } from '../catalog/index.ts'
import { loadPartyDefinitions } from '../parties/index.ts'
import { intervalsOf, loadTimelines, type PhasesByVersion } from './timelines.ts'

/** Accounts that are read at a time when an engine starts. */
const PAGE = 20_000

/** Accounts, services and subscriptions as the engine keeps them. `db` is in the tenant's schema. */
export async function loadAccounts(
  db: Database,
  ids: readonly string[],
  phases?: PhasesByVersion,
): Promise<AccountDefinitions> {
  // One snapshot: a subscription must not be seen without its service.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => loadInSnapshot(trx, ids, phases))
}

async function loadInSnapshot(
  db: Database,
  ids: readonly string[],
  phases: PhasesByVersion | undefined,
): Promise<AccountDefinitions> {
  const [parties, timelines] = await Promise.all([
    loadPartyDefinitions(db, ids),
    loadTimelines(db, ids, phases === undefined ? {} : { phases }),
  ])
  return {
    ...parties,
    subscriptions: timelines.subscriptions.map((subscription) => {
      const { id, accountId, serviceId } = subscription
      return { id, accountId, serviceId, intervals: intervalsOf(timelines, subscription) }
    }),
  }
}

export async function* loadAllAccounts(db: Database): AsyncGenerator<AccountDefinitions> {
  const phases = await listPlanPhases(db)
  let last: string | null = null
  for (;;) {
    let query = db.selectFrom('account').select('id').orderBy('id').limit(PAGE)
    if (last !== null) query = query.where('id', '>', last)
    const ids = (await query.execute()).map((row) => row['id'] as string)
    if (ids.length > 0) yield await loadAccounts(db, ids, phases)
    if (ids.length < PAGE) return
    last = ids.at(-1) ?? null
  }
}

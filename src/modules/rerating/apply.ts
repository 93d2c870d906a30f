import type { CorrectionSession, EffectiveRecord, Engine } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import {
  groupsOf,
  type NewPlans,
  newPlansOf,
  planOfRecords,
  recordsOf,
  type ScopedAccount,
  scopeOf,
  slicesOf,
} from './scope.ts'
import type { ReRating } from './store.ts'
import * as store from './store.ts'

/** Accounts that are taken up at a time. */
const PAGE = 20_000
/** Records of one commit: their rows in the journal are twice as many. */
const CHUNK = 2_000

export interface Applying {
  readonly engine: Engine
  readonly db: Database
  readonly tenant: Tenant
  readonly nowMs: number
  /** Whether no further account shall be begun; those under way are finished. */
  readonly isCancelled: () => boolean
  /** Whether the process ends: whatever is under way is taken up again at the next start. */
  readonly isStopped: () => boolean
  /** Hears of accounts that are done. */
  readonly onApplied: (accountIds: readonly string[]) => Promise<void>
}

/** Some records of one account. */
interface Part {
  readonly scoped: ScopedAccount
  readonly records: readonly EffectiveRecord[]
  /** Whether the account has begun before, and whether it ends with this. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/**
 * Re-rates the accounts that the dry run has found. What is re-rated is under another plan version and is not found again:
 * so a run that was cut off continues where it stopped, whatever it had done.
 */
export async function applyReRating(applying: Applying, reRating: ReRating): Promise<void> {
  const { engine, tenant, isStopped, onApplied } = applying
  const db = inSchema(applying.db, tenant.schema)
  const plans = await newPlansOf(db, reRating)
  for (;;) {
    const isCancelled = applying.isCancelled()
    const statuses = isCancelled ? (['partial'] as const) : (['draft', 'partial'] as const)
    const page = await store.listAccounts(db, reRating.id, { limit: PAGE, statuses })
    if (page.length === 0) return
    const ids = page.map(({ accountId }) => accountId)
    const begun = new Set(page.filter(({ status }) => status === 'partial').map(({ accountId }) => accountId))
    const scoped = await scopeOf(engine, db, tenant.name, reRating, ids)
    const isLeft = new Set(scoped.map(({ account }) => account.id))
    const empty = ids.filter((id) => !isLeft.has(id))
    const steps = empty.map((accountId) => ({ accountId, records: 0, difference: 0n, isLast: true }))
    if (steps.length > 0) await store.addApplied(db, reRating.id, steps)
    await onApplied(empty)
    for (const group of groupsOf(scoped)) {
      if (isStopped()) return
      const done = await engine.correct(tenant.name, async (corrections) =>
        applyGroup(applying, corrections, reRating, plans, group, begun),
      )
      await onApplied(done)
      if (isStopped() || applying.isCancelled() !== isCancelled) break
    }
    if (isStopped()) return
  }
}

/** @returns the accounts that are done. */
async function applyGroup(
  applying: Applying,
  corrections: CorrectionSession,
  reRating: ReRating,
  plans: NewPlans,
  group: readonly ScopedAccount[],
  begun: ReadonlySet<string>,
): Promise<string[]> {
  const slices = slicesOf(group)
  const done: string[] = []
  for (const [index, slice] of slices.entries()) {
    const isEnd = index === slices.length - 1
    const found = await recordsOf(corrections, group, slice, plans)
    for (const chunk of chunksOf(found, index === 0, isEnd)) {
      const [first] = chunk
      const isBegun = first !== undefined && (!first.isFirst || begun.has(first.scoped.account.id))
      if (applying.isStopped() || (applying.isCancelled() && !isBegun)) return done
      await applyChunk(applying, corrections, reRating, plans, chunk)
      done.push(...chunk.filter(({ isLast }) => isLast).map(({ scoped }) => scoped.account.id))
    }
  }
  return done
}

/** Whole accounts together, as many as a commit takes; those that are larger in parts of their own. */
function chunksOf(
  found: ReadonlyMap<ScopedAccount, readonly EffectiveRecord[]>,
  isBegin: boolean,
  isEnd: boolean,
): Part[][] {
  const chunks: Part[][] = []
  let [open, size]: [Part[], number] = [[], 0]
  const close = (): void => {
    if (open.length > 0) chunks.push(open)
    ;[open, size] = [[], 0]
  }
  for (const [scoped, records] of found) {
    if (records.length > CHUNK || !isBegin || !isEnd || size + records.length > CHUNK) close()
    let at = 0
    do {
      const isLastPart = at + CHUNK >= records.length
      const part = {
        scoped,
        records: records.slice(at, at + CHUNK),
        isFirst: isBegin && at === 0,
        isLast: isEnd && isLastPart,
      }
      open.push(part)
      size += part.records.length
      at += CHUNK
      if (!part.isLast || !part.isFirst) close()
    } while (at < records.length)
  }
  close()
  return chunks
}

async function applyChunk(
  { tenant, nowMs }: Applying,
  corrections: CorrectionSession,
  { id, requestedBy, reason }: ReRating,
  plans: NewPlans,
  chunk: readonly Part[],
): Promise<void> {
  const planOf = planOfRecords(
    plans,
    chunk.map(({ scoped }) => scoped),
  )
  const records = chunk.flatMap((part) => part.records)
  await corrections.apply({
    batch: corrections.batchOf(records),
    items: records.map((effective, row) => ({
      effective,
      row,
      replacement: { row, plan: planOf(effective) },
    })),
    change: { id, by: requestedBy, reason },
    acceptance: { nowMs, windowMs: Number.POSITIVE_INFINITY },
    commitHook: async (trx, { items, events }) => {
      const db = inSchema(trx, tenant.schema)
      let at = 0
      const steps = chunk.map(({ scoped, records: own, isLast }) => {
        const changed = items.slice(at, at + own.length).filter((item) => item.fault === null)
        at += own.length
        const difference = changed.reduce((sum, item) => sum + item.difference, 0n)
        return { accountId: scoped.account.id, records: changed.length, difference, isLast }
      })
      await store.addApplied(db, id, steps)
      await publish(db, events, nowMs)
    },
  })
}

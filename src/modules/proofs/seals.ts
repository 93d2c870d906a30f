import { setTimeout } from 'node:timers/promises'
import { firstIdOf } from '../../core/base/id.ts'
import { merkleRoot } from '../../core/proof/merkle.ts'
import { anchorsPayload } from '../../core/proof/statements.ts'
import type { Engine } from '../../engine/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import * as store from './seal-store.ts'
import { sha256 } from './state-documents.ts'

/** Rows of one segment: their seals are written in its commit, for which charging waits. */
const BATCH = 1_000
const RESTS = 9
/** Ids of rows are made before their transaction commits, and none takes that long. */
const LATEST_COMMIT_MS = 900_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** When sealing ends, and when it makes no more pauses. */
interface Pace {
  readonly closing: AbortSignal
  readonly hurry: AbortSignal
}

/**
 * Seals the rows that money depends on: their digests are kept, and the Merkle root over them goes into the journal, as
 * that of documents does. It is done soon after they were written. A row without a seal was not sealed yet; one that has a
 * seal and differs from it, or is gone, was changed by somebody other than Kvit (`checkSeals`).
 */
export class Seals {
  private readonly db: Database
  private readonly engine: Engine
  /** Of each tenant, an id before which every row has its seal. */
  private readonly horizons = new Map<string, string>()

  constructor(db: Database, engine: Engine) {
    this.db = db
    this.engine = engine
  }

  /**
   * @param isFull whether kinds are looked through whole whose rows requests note when they change
   * @param pace - `closing` ends it between two segments; the next start continues with the rest. Until `hurry` it rests between segments, nine
   *   times as long as each took: 100,000 customers bring some 300,000 rows, which takes minutes, and charging misses a tenth of a core meanwhile
   */
  async catchUp(tenant: Tenant, isFull: boolean, { closing, hurry }: Pace): Promise<void> {
    const startedMs = systemClock.nowMs()
    const horizon = this.horizons.get(tenant.name) ?? FIRST_ID
    const search = { horizon, isFull: isFull || horizon === FIRST_ID, after: new Map<string, string>() }
    let isMore = true
    while (isMore && !closing.aborted) {
      const begunMs = performance.now()
      isMore = await this.sealBatch(tenant, search)
      if (isMore) await rest(RESTS * (performance.now() - begunMs), [closing, hurry])
    }
    if (!isMore) this.horizons.set(tenant.name, firstIdOf(startedMs - LATEST_COMMIT_MS))
  }

  /** @returns whether there may be more. */
  private async sealBatch(
    { name, schema }: Tenant,
    search: { horizon: string; isFull: boolean; after: Map<string, string> },
  ): Promise<boolean> {
    const db = inSchema(this.db, schema)
    const memory = await this.engine.memoryOf(name)
    // Notes are read before the rows: what is changed in between has a further note.
    const notes = await store.changeNotes(db, BATCH)
    const noted = await store.notedRows(db, schema, notes)
    const limit = BATCH - noted.length
    const names = new Set(noted.map(({ kind, key }) => `${kind}\n${key}`))
    const unsealed = limit === 0 ? [] : await store.unsealedRows(db, schema, { ...search, limit })
    for (const { kind, key } of unsealed) if (key > (search.after.get(kind) ?? '')) search.after.set(kind, key)
    const rows = [...noted, ...unsealed.filter(({ kind, key }) => !names.has(`${kind}\n${key}`))]
    if (rows.length === 0) {
      await store.deleteNotes(db, notes)
      return notes.length === BATCH
    }
    const root = merkleRoot(
      sha256,
      rows.map(({ digest }) => digest),
    )
    await this.engine.anchor(
      name,
      memory,
      Buffer.from(anchorsPayload(rows.length, root.toHex())),
      async (trx, _outcome, seq) => {
        const scoped = inSchema(trx, schema)
        await store.insertSeals(scoped, rows, BigInt(seq))
        await store.deleteNotes(scoped, notes)
      },
    )
    return notes.length === BATCH || unsealed.length === limit
  }
}

async function rest(ms: number, ends: readonly AbortSignal[]): Promise<void> {
  await setTimeout(ms, undefined, { signal: AbortSignal.any([...ends]) }).catch(() => undefined)
}

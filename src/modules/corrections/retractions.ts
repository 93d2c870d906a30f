import type { CorrectionDesk, Engine, StandingRecord } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { withPatience } from '../../platform/patience.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import { Turns } from '../../platform/turns.ts'
import { changeSuspense, findImport, findSuspense, listImportRows, updateSelectedSuspense } from '../usage/index.ts'
import type { Corrector } from './corrections.ts'
import { retractionFailed, retractionFinished, retractionStarted } from './events.ts'
import * as rows from './retraction-store.ts'

const MS_PER_DAY = 86_400_000
/** Records that one commit retracts. */
const CHUNK = 2_000
const turns = new Turns()

/** Files are retracted in the background: what is done is in the journal, and what was cut off goes on at the next start. */
export class Retractions {
  private readonly db: Database
  private readonly engine: Engine
  private readonly onFault: (error: unknown) => void
  private readonly running = new Map<string, Promise<void>>()
  private isClosed = false

  constructor(db: Database, engine: Engine, onFault: (error: unknown) => void) {
    this.db = db
    this.engine = engine
    this.onFault = onFault
  }

  /** Begins to retract a file, or goes on with it. Once for its key. */
  async start(
    { db, tenant, nowMs }: ReadContext,
    importId: string,
    { key, reason }: { key: string; reason: string },
    { by, isUnbounded }: Corrector,
  ): Promise<rows.Retraction> {
    const row = await turns.take(`${tenant.name}\n${key}`, async () => {
      const known = await rows.findRetraction(db, { key })
      if (known !== undefined) {
        if (known.importId === importId && known.reason === reason) return known
        throw new Refusal('idempotency_conflict', 'this key was used for another retraction')
      }
      const found = await findImport(db, importId)
      if (found === undefined) throw new Refusal('not_found', `no import ${importId}`)
      if (found.status === 'open') throw new Refusal('conflict', 'the file is still being delivered')
      if (!isUnbounded && found.createdAt.getTime() < nowMs - tenant.acceptanceWindowDays * MS_PER_DAY)
        throw new Refusal(
          'forbidden',
          'the file came before the acceptance window: the scope usage:correct-any is needed',
        )
      const charged = (await listImportRows(db, importId, 0n)).reduce(
        (sum, { fromRow, untilRow }) => sum + BigInt(untilRow - fromRow),
        0n,
      )
      if (charged !== found.charged)
        throw new Refusal('unprocessable', 'where this file was charged was not noted yet when it came')
      const fresh: rows.Retraction = {
        id: newId(),
        key,
        importId,
        reason,
        requestedBy: by,
        status: 'running',
        recordsTotal: charged,
        recordsRetracted: 0n,
        recordsGone: 0n,
        suspenseWrittenOff: 0n,
        doneSeq: 0n,
        error: null,
        createdAt: new Date(nowMs),
        finishedAt: null,
      }
      await inTransaction(db, async (trx) => {
        await rows.insertRetraction(trx, fresh)
        await publish(trx, [eventOf(retractionStarted, { objectId: fresh.id }, { importId })], nowMs)
      })
      return fresh
    })
    if (row.status === 'failed')
      await inTransaction(db, async (trx) => {
        await rows.updateRetraction(trx, row.id, { status: 'running', error: null })
        await publish(trx, [eventOf(retractionStarted, { objectId: row.id }, { importId })], nowMs)
      })
    if (row.status !== 'complete') this.run(tenant, row, nowMs)
    return (await rows.findRetraction(db, { id: row.id })) as rows.Retraction
  }

  async resume(tenant: Tenant, nowMs: number): Promise<void> {
    for (const row of await rows.runningRetractions(inSchema(this.db, tenant.schema))) this.run(tenant, row, nowMs)
  }

  private run(tenant: Tenant, row: rows.Retraction, nowMs: number): void {
    if (this.running.has(row.id) || this.isClosed) return
    const work = this.work(tenant, row.id, nowMs).finally(() => this.running.delete(row.id))
    this.running.set(row.id, work)
  }

  private async work(tenant: Tenant, id: string, nowMs: number): Promise<void> {
    const db = inSchema(this.db, tenant.schema)
    try {
      await withPatience(
        async () => this.retractFile(tenant, db, id, nowMs),
        () => this.isClosed,
        this.engine.pause,
      )
    } catch (error) {
      this.onFault(error)
      const message = error instanceof Error ? error.message : String(error)
      if (this.isClosed) return
      await inTransaction(db, async (trx) => {
        await rows.updateRetraction(trx, id, { status: 'failed', error: message })
        const { importId } = (await rows.findRetraction(trx, { id })) as rows.Retraction
        await publish(trx, [eventOf(retractionFailed, { objectId: id }, { importId })], nowMs)
      }).catch(this.onFault)
    }
  }

  /** Retracts what is left of a file, from wherever it stands. */
  private async retractFile(tenant: Tenant, db: Database, id: string, nowMs: number): Promise<void> {
    const retraction = (await rows.findRetraction(db, { id })) as rows.Retraction
    await this.retractSuspended(db, tenant, retraction, nowMs)
    const left = await listImportRows(db, retraction.importId, retraction.doneSeq)
    for (const [seq, ranges] of Map.groupBy(left, (range) => range.seq)) {
      if (this.isClosed) return
      await this.engine.correct(tenant.name, async (desk) => {
        const found = []
        for (const { fromRow, untilRow } of ranges)
          found.push(...(await desk.standingRows(Number(seq), fromRow, untilRow)))
        const gone = found.filter(({ goneBy }) => goneBy !== null && goneBy !== id)
        const standing = found.flatMap(({ record, goneBy }) => (goneBy === null ? [record] : []))
        // What was amended stands elsewhere now; what was retracted is gone.
        let missing = 0
        for (const { record } of gone) {
          const elsewhere = await findStanding(desk, record)
          if (elsewhere === null) missing++
          else standing.push(elsewhere)
        }
        await retract(desk, tenant, retraction, standing, nowMs)
        await rows.addRetracted(db, id, { retracted: 0, gone: missing, doneSeq: seq })
      })
    }
    await inTransaction(db, async (trx) => {
      await rows.updateRetraction(trx, id, { status: 'complete', finishedAt: new Date(nowMs) })
      const { importId, ...done } = (await rows.findRetraction(trx, { id })) as rows.Retraction
      const [recordsRetracted, recordsGone] = [Number(done.recordsRetracted), Number(done.recordsGone)]
      const data = { importId, recordsRetracted, recordsGone, suspenseWrittenOff: Number(done.suspenseWrittenOff) }
      await publish(trx, [eventOf(retractionFinished, { objectId: id }, data)], nowMs)
    })
  }

  /** Records of the file in suspense are given up; those that came out of it are retracted by their names. */
  private async retractSuspended(
    db: Database,
    tenant: Tenant,
    retraction: rows.Retraction,
    nowMs: number,
  ): Promise<void> {
    const { id, importId, reason } = retraction
    const set = { status: 'written_off', note: reason }
    const written = await changeSuspense(tenant, async () => updateSelectedSuspense(db, { importId }, set, nowMs))
    if (written > 0) await rows.updateRetraction(db, id, { suspenseWrittenOff: BigInt(written) })
    let cursor: string | undefined
    for (;;) {
      const page = await findSuspense(db, { importId, status: 'recycled', cursor, limit: CHUNK })
      if (page.length === 0) return
      await this.engine.correct(tenant.name, async (desk) => {
        const standing: StandingRecord[] = []
        for (const { source, recordId } of page) {
          const found = await findStanding(desk, { source, id: recordId, startMs: null })
          if (found !== null) standing.push(found)
        }
        await retract(desk, tenant, retraction, standing, nowMs)
      })
      cursor = page.at(-1)?.id
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.running.values())
  }
}

/** The record as it stands, or null where it is retracted. */
async function findStanding(
  desk: CorrectionDesk,
  { source, id, startMs }: { source: string; id: string; startMs: number | null },
): Promise<StandingRecord | null> {
  try {
    return await desk.find(source, id, startMs)
  } catch (error) {
    if (error instanceof Refusal && (error.extra['state'] === 'retracted' || error.code === 'not_found')) return null
    throw error
  }
}

async function retract(
  desk: CorrectionDesk,
  tenant: Tenant,
  { id, requestedBy, reason }: rows.Retraction,
  standing: readonly StandingRecord[],
  nowMs: number,
): Promise<void> {
  for (let at = 0; at < standing.length; at += CHUNK) {
    const records = standing.slice(at, at + CHUNK)
    await desk.apply({
      batch: desk.batchOf(records),
      items: records.map((record, row) => ({ standing: record, row, replacement: null, refundSeq: null })),
      change: { id, by: requestedBy, reason },
      acceptance: { nowMs, windowMs: Number.POSITIVE_INFINITY },
      rider: async (trx, { items, events }) => {
        const db = inSchema(trx, tenant.schema)
        // Those that were given back meanwhile are gone without this.
        const retracted = items.filter(({ fault }) => fault === null).length
        await rows.addRetracted(db, id, { retracted, gone: records.length - retracted, doneSeq: null })
        await publish(db, events, nowMs)
      },
    })
  }
}

import type { CorrectionSession, EffectiveRecord, Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { once } from '../../platform/once.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import type { Parts } from '../module.ts'
import { changeSuspense, findImport, findSuspense, listImportRows, updateSelectedSuspense } from '../usage/index.ts'
import type { Corrector } from './corrections.ts'
import { retractionFailed, retractionFinished, retractionStarted } from './events.ts'
import * as rows from './retraction-store.ts'

const MS_PER_DAY = 86_400_000
/** Records that one commit retracts. */
const CHUNK = 2_000

/** A job's key is the id of the retraction. */
const KIND = 'usage_retraction'

/** Begins to retract a file, or continues with one that has failed. Once for its key. */
export async function startRetraction(
  engine: Pick<Engine, 'turns'>,
  { db, tenant, nowMs }: ReadContext,
  importId: string,
  { key, reason }: { key: string; reason: string },
  { by, isUnbounded }: Corrector,
): Promise<rows.Retraction> {
  const find = async (): Promise<rows.Retraction | undefined> => rows.findRetraction(db, { key })
  const isSame = (known: rows.Retraction): boolean => known.importId === importId && known.reason === reason
  const row = await once(engine, { tenant }, `retraction ${key}`, find, isSame, async () => {
    const found = await findImport(db, importId)
    if (found === undefined) throw notFound(`import ${importId}`, '/v1/usage-imports')
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
      await askForJob(trx, { kind: KIND, key: fresh.id }, nowMs)
    })
    return fresh
  })
  if (row.status === 'failed')
    await inTransaction(db, async (trx) => {
      await beginAgain(trx, row, nowMs)
      await askForJob(trx, { kind: KIND, key: row.id }, nowMs)
    })
  return (await rows.findRetraction(db, { id: row.id })) as rows.Retraction
}

async function beginAgain(db: Database, { id, importId }: rows.Retraction, nowMs: number): Promise<void> {
  await rows.updateRetraction(db, id, { status: 'running', error: null })
  await publish(db, [eventOf(retractionStarted, { objectId: id }, { importId })], nowMs)
}

/** Retracts files. What is done is in the journal, and a retraction that was cut off continues after it. */
export function retractionJob({ db, engine }: Parts): JobHandler {
  const endUndone = async (scoped: Database, id: string, error: string, nowMs: number): Promise<void> => {
    await rows.updateRetraction(scoped, id, { status: 'failed', error })
    const { importId } = (await rows.findRetraction(scoped, { id })) as rows.Retraction
    await publish(scoped, [eventOf(retractionFailed, { objectId: id }, { importId })], nowMs)
  }
  return {
    kind: KIND,
    maxAttempts: 1,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => retractFile(engine, inSchema(db, job.tenant.schema), job),
    onFailed: async (scoped, { key }, message, nowMs) => endUndone(scoped, key, message, nowMs),
    onCancelled: async (scoped, { key }, nowMs) => endUndone(scoped, key, 'it was cancelled', nowMs),
  }
}

/** Retracts the rest of a file, from the place that its row has. */
async function retractFile(engine: Engine, db: Database, job: RunningJob): Promise<'done' | 'stopped'> {
  const { key: id, tenant, nowMs } = job
  const isOver = (): boolean => job.isStopped() || job.isCancelled()
  const retraction = (await rows.findRetraction(db, { id })) as rows.Retraction
  if (retraction.status === 'complete') return 'done'
  if (isOver()) return 'stopped'
  // Somebody has the job run again that had failed.
  if (retraction.status === 'failed') await inTransaction(db, async (trx) => beginAgain(trx, retraction, nowMs))
  await retractSuspended(engine, db, job, retraction)
  const left = await listImportRows(db, retraction.importId, retraction.doneSeq)
  for (const [seq, ranges] of Map.groupBy(left, (range) => range.seq)) {
    if (isOver()) return 'stopped'
    await engine.correct(tenant.name, async (corrections) => {
      const found = []
      for (const { fromRow, untilRow } of ranges)
        found.push(...(await corrections.standingRows(Number(seq), fromRow, untilRow)))
      const gone = found.filter(({ goneBy }) => goneBy !== null && goneBy !== id)
      const effective = found.flatMap(({ record, goneBy }) => (goneBy === null ? [record] : []))
      // What was amended is in another row of the journal now; what was retracted is gone.
      let missing = 0
      for (const { record } of gone) {
        const elsewhere = await findEffective(corrections, record, id)
        if (elsewhere === 'retracted') missing++
        else if (elsewhere !== 'by this') effective.push(elsewhere)
      }
      await retract(corrections, tenant, retraction, effective, nowMs)
      await inTransaction(db, async (trx) => {
        await job.holdIn(trx)
        await rows.addRetracted(trx, id, { retracted: 0, gone: missing, doneSeq: seq })
      })
    })
    const { recordsRetracted, recordsGone, recordsTotal } = (await rows.findRetraction(db, { id })) as rows.Retraction
    await job.tell({ done: Number(recordsRetracted + recordsGone), total: Number(recordsTotal), words: 'records' })
  }
  await inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    await rows.updateRetraction(trx, id, { status: 'complete', finishedAt: new Date(nowMs) })
    const { importId, ...done } = (await rows.findRetraction(trx, { id })) as rows.Retraction
    const [recordsRetracted, recordsGone] = [Number(done.recordsRetracted), Number(done.recordsGone)]
    const data = { importId, recordsRetracted, recordsGone, suspenseWrittenOff: Number(done.suspenseWrittenOff) }
    await publish(trx, [eventOf(retractionFinished, { objectId: id }, data)], nowMs)
  })
  return 'done'
}

/** Records of the file in suspense are given up; those that came out of it are retracted by their names. */
async function retractSuspended(
  engine: Engine,
  db: Database,
  job: RunningJob,
  retraction: rows.Retraction,
): Promise<void> {
  const { tenant, nowMs } = job
  const { id, importId, reason } = retraction
  const set = { status: 'written_off', note: reason }
  await changeSuspense(engine, tenant, async () =>
    inTransaction(db, async (trx) => {
      await job.holdIn(trx)
      const written = await updateSelectedSuspense(trx, { importId }, set, nowMs)
      await rows.addWrittenOff(trx, id, written)
    }),
  )
  let cursor: string | undefined
  for (;;) {
    const page = await findSuspense(db, { importId, status: 'recycled', cursor, limit: CHUNK })
    if (page.length === 0) return
    await engine.correct(tenant.name, async (corrections) => {
      const effective: EffectiveRecord[] = []
      for (const { source, recordId } of page) {
        const found = await findEffective(corrections, { source, id: recordId, startMs: null }, id)
        if (typeof found !== 'string') effective.push(found)
      }
      await retract(corrections, tenant, retraction, effective, nowMs)
    })
    cursor = page.at(-1)?.id
  }
}

/** The record as it is now; where it is retracted, whether it was this retraction that took it back. */
async function findEffective(
  corrections: CorrectionSession,
  { source, id, startMs }: { source: string; id: string; startMs: number | null },
  retractionId: string,
): Promise<EffectiveRecord | 'retracted' | 'by this'> {
  try {
    return await corrections.find(source, id, startMs)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.extra['state'] === 'retracted')
      return error.extra['correction'] === retractionId ? 'by this' : 'retracted'
    if (error.code === 'not_found') return 'retracted'
    throw error
  }
}

async function retract(
  corrections: CorrectionSession,
  tenant: Tenant,
  { id, requestedBy, reason }: rows.Retraction,
  effective: readonly EffectiveRecord[],
  nowMs: number,
): Promise<void> {
  for (let at = 0; at < effective.length; at += CHUNK) {
    const records = effective.slice(at, at + CHUNK)
    await corrections.apply({
      batch: corrections.batchOf(records),
      items: records.map((record, row) => ({ effective: record, row, replacement: null, refundSeq: null })),
      change: { id, by: requestedBy, reason },
      acceptance: { nowMs, windowMs: Number.POSITIVE_INFINITY },
      commitHook: async (trx, { items, events }) => {
        const db = inSchema(trx, tenant.schema)
        // Those that were given back meanwhile are gone without this.
        const retracted = items.filter(({ fault }) => fault === null).length
        await rows.addRetracted(db, id, { retracted, gone: records.length - retracted, doneSeq: null })
        await publish(db, events, nowMs)
      },
    })
  }
}

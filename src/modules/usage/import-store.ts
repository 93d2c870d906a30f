import { sql } from 'kysely'
import type { Mapping } from '../../core/mediation/mapping.ts'
import type { UsageCounts } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { clean } from './store.ts'

export interface UsageImport {
  readonly id: string
  readonly name: string
  readonly fingerprint: string
  /** 1 for the first time that this file came, 2 for the second. */
  readonly delivery: number
  readonly mapping: Mapping
  readonly header: readonly string[] | null
  readonly status: 'open' | 'complete' | 'refused'
  /** Why it was closed before its end, of a refused one. */
  readonly refusal: string | null
  readonly sizeBytes: bigint
  readonly nextOffset: bigint
  readonly rows: bigint
  readonly received: bigint
  readonly charged: bigint
  readonly suspended: bigint
  readonly duplicates: bigint
  readonly createdAt: Date
}

/** Rows of a segment in which records of a file were charged. */
interface ImportRows {
  readonly seq: bigint
  readonly fromRow: number
  readonly untilRow: number
}

export async function insertImportRows(
  db: Database,
  importId: string,
  seq: number,
  rows: { from: number; until: number },
): Promise<void> {
  if (rows.until === rows.from) return
  await db.insertInto('usageImportRows').values({ importId, seq, fromRow: rows.from, untilRow: rows.until }).execute()
}

export async function listImportRows(db: Database, importId: string, afterSeq: bigint): Promise<ImportRows[]> {
  const query = db.selectFrom('usageImportRows').select(['seq', 'fromRow', 'untilRow']).where('importId', '=', importId)
  return (await query.where('seq', '>', afterSeq).orderBy('seq').orderBy('fromRow').execute()) as ImportRows[]
}

export async function findLastDelivery(db: Database, fingerprint: string): Promise<UsageImport | undefined> {
  return (await db
    .selectFrom('usageImport')
    .selectAll()
    .where('fingerprint', '=', fingerprint)
    .orderBy('delivery', 'desc')
    .limit(1)
    .executeTakeFirst()) as UsageImport | undefined
}

export async function findImport(db: Database, id: string): Promise<UsageImport | undefined> {
  return (await db.selectFrom('usageImport').selectAll().where('id', '=', id).executeTakeFirst()) as
    | UsageImport
    | undefined
}

export async function insertImport(
  db: Database,
  start: { name: string; fingerprint: string; sizeBytes: number; mapping: object },
  delivery: number,
  nowMs: number,
): Promise<string> {
  const id = newId()
  const at = new Date(nowMs)
  await db
    .insertInto('usageImport')
    .values({
      id,
      ...start,
      mapping: JSON.stringify(start.mapping),
      delivery,
      status: 'open',
      nextOffset: 0,
      rows: 0,
      received: 0,
      charged: 0,
      suspended: 0,
      duplicates: 0,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  return id
}

/** Moves an import on from `offset`; false when it is at another one, so that a chunk counts once. */
export async function advanceImport(
  db: Database,
  id: string,
  step: {
    offset: number
    nextOffset: number
    rows: number
    header: readonly string[] | null
    counts: UsageCounts
    isLast: boolean
    nowMs: number
  },
): Promise<boolean> {
  const { counts } = step
  const { numUpdatedRows } = await db
    .updateTable('usageImport')
    .set({
      nextOffset: step.nextOffset,
      rows: sql`rows + ${step.rows}`,
      received: sql`received + ${counts.received}`,
      charged: sql`charged + ${counts.charged}`,
      suspended: sql`suspended + ${counts.suspended}`,
      duplicates: sql`duplicates + ${counts.duplicates}`,
      updatedAt: new Date(step.nowMs),
      ...(step.header === null ? {} : { header: JSON.stringify(step.header) }),
      ...(step.isLast ? { status: 'complete' } : {}),
    })
    .where('id', '=', id)
    .where('nextOffset', '=', BigInt(step.offset))
    .where('status', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Closes an open import, at `offset` where one is given; false when there is none. */
export async function closeImport(
  db: Database,
  id: string,
  refusal: string,
  nowMs: number,
  offset?: number,
): Promise<boolean> {
  let query = db
    .updateTable('usageImport')
    .set({ status: 'refused', refusal: clean(refusal).slice(0, MAX_REFUSAL), updatedAt: new Date(nowMs) })
    .where('id', '=', id)
    .where('status', '=', 'open')
  if (offset !== undefined) query = query.where('nextOffset', '=', BigInt(offset))
  return (await query.executeTakeFirst()).numUpdatedRows === 1n
}

/** A header may be long; what is wrong with a file is said in fewer characters. */
const MAX_REFUSAL = 2_000

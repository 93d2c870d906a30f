import { sql } from 'kysely'
import type { SuspenseReason } from '../../core/mediation/suspense-reason.ts'
import type { SuspendedRecord } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'

export interface SuspenseEntry {
  readonly id: string
  readonly status: 'open' | 'recycled' | 'written_off'
  readonly reason: SuspenseReason
  readonly detail: string
  readonly record: string
  readonly source: string
  readonly recordId: string
  readonly service: string
  readonly type: string
  readonly importId: string | null
  /** Of the file, from 1 on, its header not counted. */
  readonly importRow: bigint | null
  readonly note: string | null
  readonly receivedAt: Date
}

/** The columns of an entry that are shown. */
export const SHOWN = [
  'id',
  'status',
  'reason',
  'detail',
  'record',
  'source',
  'recordId',
  'service',
  'type',
  'importId',
  'importRow',
  'note',
  'receivedAt',
] as const

/** Entries with the names of their files. */
export async function withFiles<T extends { readonly importId: string | null }>(
  db: Database,
  entries: readonly T[],
): Promise<(T & { readonly file: string | null })[]> {
  const ids = [...new Set(entries.flatMap(({ importId }) => importId ?? []))]
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('usageImport').select(['id', 'name']).where('id', '=', anyOf(ids)).execute()
  const names = new Map(rows.map((row) => [String(row['id']), String(row['name'])]))
  return entries.map((entry) => ({ ...entry, file: names.get(entry.importId ?? '') ?? null }))
}

/** Which entries of suspense are meant: all open ones that fit. */
export interface SuspenseSelection {
  readonly ids?: readonly string[] | undefined
  readonly reason?: string | undefined
  readonly importId?: string | undefined
}

/** The delivery of a file that records come with, and the row of the first of them. */
export interface ImportPlace {
  readonly importId: string
  readonly firstRow: number
}

const COLUMNS = {
  id: 'uuid',
  status: 'text',
  reason: 'text',
  detail: 'text',
  record: 'text',
  originalRecord: 'text',
  fingerprint: 'bytea',
  importId: 'uuid',
  importRow: 'bigint',
  source: 'text',
  recordId: 'text',
  service: 'text',
  type: 'text',
  receivedAt: 'timestamptz',
  updatedAt: 'timestamptz',
} as const

/** An entry begins with what its record was; the text goes over once. */
const FILLED = { originalRecord: () => 'row."record"' }
/** Entries of one statement, and characters of their records: others have their turn between two of them. */
const ROWS_AT_ONCE = 500
const TEXT_AT_ONCE = 256 * 1024

export async function insertSuspense(
  db: Database,
  records: readonly SuspendedRecord[],
  file: ImportPlace | null,
  nowMs: number,
): Promise<void> {
  const at = new Date(nowMs)
  let rows: object[] = []
  let characters = 0
  for (const [index, { row, reason, detail, record, fingerprint, ...named }] of records.entries()) {
    rows.push({
      id: newId(),
      status: 'open',
      reason,
      detail: clean(detail),
      record: clean(record),
      fingerprint: `\\x${fingerprint.toString('hex')}`,
      importId: file?.importId ?? null,
      importRow: file === null ? null : BigInt(file.firstRow + row),
      source: cleanName(named.source),
      recordId: cleanName(named.id),
      service: cleanName(named.service),
      type: cleanName(named.type),
      receivedAt: at,
      updatedAt: at,
    })
    characters += record.length
    if (rows.length < ROWS_AT_ONCE && characters < TEXT_AT_ONCE && index < records.length - 1) continue
    await insertRows(db, { table: 'suspense', columns: COLUMNS, rows, filled: FILLED })
    rows = []
    characters = 0
  }
}

/** A text that cannot be kept as it is, for people to see what is wrong with it. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD')
}

const MAX_NAME = 256
/** A name as an entry has it. */
export function cleanName(text: string): string {
  return clean(text.slice(0, MAX_NAME))
}

/** Open entries of records of some names. */
export async function findOpenSuspense(
  db: Database,
  names: readonly { readonly source: string; readonly recordId: string }[],
): Promise<{ id: string; source: string; recordId: string; reason: string; detail: string }[]> {
  return (await db
    .selectFrom('suspense')
    .select(['id', 'source', 'recordId', 'reason', 'detail'])
    .where('status', '=', 'open')
    .where(
      'recordId',
      '=',
      anyOf(
        names.map(({ recordId }) => recordId),
        'text',
      ),
    )
    .execute()) as { id: string; source: string; recordId: string; reason: string; detail: string }[]
}

export async function findSuspense(
  db: Database,
  filter: {
    ids?: readonly string[] | undefined
    reason?: string | undefined
    status?: string | undefined
    importId?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<SuspenseEntry[]> {
  let query = db.selectFrom('suspense').select(SHOWN).orderBy('id').limit(filter.limit)
  if (filter.ids !== undefined) query = query.where('id', '=', anyOf(filter.ids))
  if (filter.reason !== undefined) query = query.where('reason', '=', filter.reason)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.importId !== undefined) query = query.where('importId', '=', filter.importId)
  if (filter.cursor !== undefined) query = query.where('id', '>', filter.cursor)
  return (await query.execute()) as SuspenseEntry[]
}

/** @param importId only records that came with this delivery of a file */
export async function groupSuspense(
  db: Database,
  importId?: string,
): Promise<{ reason: string; status: string; records: bigint; oldest: Date }[]> {
  let query = db
    .selectFrom('suspense')
    .select(['reason', 'status', sql<bigint>`count(*)`.as('records'), sql<Date>`min(received_at)`.as('oldest')])
    .groupBy(['reason', 'status'])
    .orderBy('reason')
  if (importId !== undefined) query = query.where('importId', '=', importId)
  return (await query.execute()) as { reason: string; status: string; records: bigint; oldest: Date }[]
}

/** Changes open entries only. @returns how many were changed. */
export async function updateOpenSuspense(
  db: Database,
  ids: readonly string[],
  set: object,
  nowMs: number,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('suspense')
    .set({ ...set, updatedAt: new Date(nowMs) })
    .where('id', '=', anyOf(ids))
    .where('status', '=', 'open')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Changes all open entries that fit. @returns how many were changed. */
export async function updateSelectedSuspense(
  db: Database,
  selection: SuspenseSelection,
  set: object,
  nowMs: number,
): Promise<number> {
  let query = db
    .updateTable('suspense')
    .set({ ...set, updatedAt: new Date(nowMs) })
    .where('status', '=', 'open')
  if (selection.ids !== undefined) query = query.where('id', '=', anyOf(selection.ids))
  if (selection.reason !== undefined) query = query.where('reason', '=', selection.reason)
  if (selection.importId !== undefined) query = query.where('importId', '=', selection.importId)
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

const FINGERPRINTS_AT_ONCE = 2_000

export async function* loadFingerprints(db: Database): AsyncGenerator<Buffer> {
  let last: string | null = null
  for (;;) {
    let query = db.selectFrom('suspense').select(['id', 'fingerprint']).orderBy('id').limit(FINGERPRINTS_AT_ONCE)
    if (last !== null) query = query.where('id', '>', last)
    const rows = await query.execute()
    for (const row of rows) yield row['fingerprint'] as Buffer
    if (rows.length < FINGERPRINTS_AT_ONCE) return
    last = rows.at(-1)?.['id'] as string
  }
}

/** Why a record is in suspense: the newest open entry. */
export async function findSuspended(
  db: Database,
  source: string,
  recordId: string,
): Promise<{ id: string; reason: string; detail: string } | undefined> {
  const query = db.selectFrom('suspense').select(['id', 'reason', 'detail']).where('status', '=', 'open')
  const found = query.where('source', '=', source).where('recordId', '=', recordId).orderBy('id', 'desc').limit(1)
  return (await found.executeTakeFirst()) as { id: string; reason: string; detail: string } | undefined
}

import { isUtf8 } from 'node:buffer'
import { csvRows } from '../../core/mediation/csv.ts'
import { mappedColumns } from '../../core/mediation/mapping.ts'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import { type DecodingContext, type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import type { Acceptance, Engine, UsageOutcome } from '../../engine/index.ts'
import { type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound, type ProblemCode, Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import { Decoder } from './decoder.ts'
import { importFinished, importRefused, importStarted, suspendedEvents, usageRecycled } from './events.ts'
import { tellOfImport } from './import-events.ts'
import * as imports from './import-store.ts'
import * as store from './store.ts'

const MS_PER_DAY = 86_400_000
/** Suspended records that an answer lists; the rest is found in the suspense. */
const MAX_LISTED = 100
/** Entries recycled in one commit. */
const RECYCLE_SLICE = 2_000

export interface UsageReport {
  readonly received: number
  readonly charged: number
  readonly suspended: number
  readonly duplicates: number
  readonly firstSuspended: { index: number; reason: string; detail: string }[]
  /** Of the duplicates, those that are not charged: they wait in suspense since they came first, and why. */
  readonly firstWaiting: { index: number; id: string; reason: string; detail: string }[]
}

function acceptanceOf({ tenant, nowMs }: ReadContext): Acceptance {
  return { nowMs, windowMs: tenant.acceptanceWindowDays * MS_PER_DAY }
}

function toReport({ counts, suspended }: UsageOutcome, firstWaiting: UsageReport['firstWaiting']): UsageReport {
  const { received, charged, duplicates } = counts
  const firstSuspended = suspended
    .slice(0, MAX_LISTED)
    .map(({ row, reason, detail }) => ({ index: row, reason, detail }))
  return { received, charged, suspended: counts.suspended, duplicates, firstSuspended, firstWaiting }
}

/** Charges usage and puts into suspense what cannot be charged, in one commit. */
async function charge(
  engine: Engine,
  context: ReadContext,
  batch: UsageBatch,
  file: store.ImportPlace | null,
  alongside?: (trx: DatabaseTransaction, outcome: UsageOutcome, seq: number) => Promise<void>,
): Promise<UsageOutcome> {
  const { tenant, nowMs } = context
  return engine.usage(tenant.name, {
    batch,
    acceptance: acceptanceOf(context),
    recycled: false,
    isHookNeeded: ({ suspended, events }) => alongside !== undefined || suspended.length + events.length > 0,
    commitHook: async (trx, outcome, seq) => {
      const db = inSchema(trx, tenant.schema)
      await store.insertSuspense(db, outcome.suspended, file, nowMs)
      await publish(db, [...suspendedEvents(outcome.suspended, file?.importId ?? null), ...outcome.events], nowMs)
      await alongside?.(db, outcome, seq)
    },
  })
}

export async function acceptUsage(
  engine: Engine,
  context: ReadContext,
  body: Buffer,
  contentType: string,
): Promise<UsageReport> {
  assertUtf8(body)
  const { batch } = await decoder.decode(
    context.tenant.name,
    { kind: 'usage', contentType },
    body,
    await engine.decoding(context.tenant.name),
  )
  const outcome = await charge(engine, context, batch, null)
  return toReport(outcome, await findWaiting(context, batch, outcome.waiting))
}

/** Why records that came again wait in suspense; one that was recycled meanwhile is left out. */
async function findWaiting(
  { db }: ReadContext,
  batch: UsageBatch,
  rows: readonly number[],
): Promise<UsageReport['firstWaiting']> {
  if (rows.length === 0) return []
  const names = rows.map((row) => ({
    source: store.cleanName(valueAt(batch.source, row)),
    recordId: store.cleanName(textAt(batch.id, row)),
  }))
  const entries = await store.findOpenSuspense(db, names)
  return rows.flatMap((index, at) => {
    const { source, recordId } = names[at] as (typeof names)[number]
    const entry = entries.find((one) => one.source === source && one.recordId === recordId)
    return entry === undefined ? [] : [{ index, id: entry.id, reason: entry.reason, detail: entry.detail }]
  })
}

/** Bytes of another encoding would be replaced, and different ids would become the same. */
function assertUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new Refusal('unsupported_media_type', 'the text is not UTF-8; convert it first')
}

/** Begins the delivery of a file, or continues with one that was cut off. A complete or refused file begins a new delivery. */
export async function startImport(
  context: ReadContext,
  start: { name: string; fingerprint: string; sizeBytes: number; mapping: object },
): Promise<imports.UsageImport> {
  const last = await imports.findLastDelivery(context.db, start.fingerprint)
  if (last !== undefined && last.status === 'open') return last
  const delivery = (last?.delivery ?? 0) + 1
  const id = await inTransaction(context.db, async (trx) => {
    const made = await imports.insertImport(trx, start, delivery, context.nowMs)
    await publish(trx, [eventOf(importStarted, { objectId: made }, { ...start, delivery })], context.nowMs)
    return made
  })
  return (await imports.findImport(context.db, id)) as imports.UsageImport
}

/** One thread reads for all tenants of the process. */
const decoder = new Decoder()

/**
 * Charges one chunk of whole rows. The place in the file moves in the same commit as the charges, so that a chunk has
 * one effect however often it is sent. Chunks of one file take turns: a lost race would cost the engine its memory.
 */
export async function acceptChunk(
  engine: Engine,
  context: ReadContext,
  id: string,
  chunk: { offset: number; isLast: boolean; bytes: Buffer },
): Promise<imports.UsageImport> {
  return engine.turns.take(`import ${context.tenant.name} ${id}`, () => chargeChunk(engine, context, id, chunk))
}

async function chargeChunk(
  engine: Engine,
  context: ReadContext,
  id: string,
  chunk: { offset: number; isLast: boolean; bytes: Buffer },
): Promise<imports.UsageImport> {
  const found = await imports.findImport(context.db, id)
  if (found === undefined) throw notFound(`import ${id}`, '/v1/usage-imports')
  assertStandsAt(found, chunk.offset)
  const nextOffset = chunk.offset + chunk.bytes.length
  const { header, batch, rows } = await decodeChunk(engine, context, found, chunk)
  const place = { importId: id, firstRow: Number(found.rows) + 1 }
  await charge(engine, context, batch, place, async (trx, { counts, rows: charged }, seq) => {
    await imports.insertImportRows(trx, id, seq, charged)
    const step = {
      offset: chunk.offset,
      isLast: chunk.isLast,
      nextOffset,
      rows,
      header: found.header === null ? header : null,
      counts,
      nowMs: context.nowMs,
    }
    if (!(await imports.advanceImport(trx, id, step)))
      throw new Error(`import ${id} moved on from ${chunk.offset} meanwhile`)
    if (chunk.isLast) await tellOfImport(trx, importFinished, id, context.nowMs)
  })
  return (await imports.findImport(context.db, id)) as imports.UsageImport
}

/** What the same bytes and mapping will be refused for again, whenever they come. */
const FAULTS_OF_FILE: ReadonlySet<ProblemCode> = new Set(['mapping_invalid', 'unsupported_media_type'])

/** Reads a chunk. A file that cannot be read closes its import: it would stay open for ever otherwise. */
async function decodeChunk(
  engine: Engine,
  context: ReadContext,
  found: imports.UsageImport,
  { offset, bytes }: { offset: number; bytes: Buffer },
): Promise<{ header: readonly string[]; batch: UsageBatch; rows: number }> {
  try {
    assertUtf8(bytes)
    const { header, body } = readHeader(found, bytes)
    const decoding = await engine.decoding(context.tenant.name)
    const place = { file: found.name, firstRow: Number(found.rows) + 1 }
    const job = { kind: 'rows', mapping: found.mapping, header, place } as const
    return { header, ...(await decoder.decode(context.tenant.name, job, body, decoding)) }
  } catch (error) {
    if (error instanceof Refusal && FAULTS_OF_FILE.has(error.code))
      await refuseImport(context, found.id, error.message, offset)
    throw error
  }
}

/** Closes a delivery whose rest will not come, such as of a file whose sender cannot read on. */
export async function closeImport(
  { turns }: Pick<Engine, 'turns'>,
  context: ReadContext,
  id: string,
  reason: string,
): Promise<imports.UsageImport> {
  return turns.take(`import ${context.tenant.name} ${id}`, async () => {
    const isClosed = await refuseImport(context, id, reason)
    const found = await imports.findImport(context.db, id)
    if (found === undefined) throw notFound(`import ${id}`, '/v1/usage-imports')
    if (!isClosed) throw new Refusal('conflict', `the import is ${found.status}`)
    return found
  })
}

/** @returns whether it was open, and is closed now. */
async function refuseImport({ db, nowMs }: ReadContext, id: string, why: string, offset?: number): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const isClosed = await imports.closeImport(trx, id, why, nowMs, offset)
    if (isClosed) await tellOfImport(trx, importRefused, id, nowMs)
    return isClosed
  })
}

function assertStandsAt(found: imports.UsageImport, offset: number): void {
  if (found.status === 'open' && Number(found.nextOffset) === offset) return
  throw new Refusal('offset_mismatch', `the import is ${found.status} and stands at ${found.nextOffset}`, {
    nextOffset: Number(found.nextOffset),
    status: found.status,
  })
}

/** The first chunk of a CSV file begins with its header; later ones use the header that was kept. */
function readHeader(found: imports.UsageImport, bytes: Buffer): { header: readonly string[]; body: Buffer } {
  if (found.header !== null) return { header: found.header, body: bytes }
  if (found.mapping.format === 'ndjson') return { header: mappedColumns(found.mapping), body: bytes }
  const text = bytes.toString('utf8')
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text
  const first = csvRows(bare, found.mapping.delimiter).next()
  if (first.done === true) throw new Refusal('mapping_invalid', 'the file has no header')
  if (first.value.raw.includes('\u0000')) throw new Refusal('mapping_invalid', 'the header has a NUL character')
  const headerLength = bare.indexOf(first.value.raw) + first.value.raw.length
  const rest = bare.slice(headerLength).replace(/^\r?\n/, '')
  return { header: first.value.cells.map((cell) => cell.trim()), body: Buffer.from(rest) }
}

interface RecycleReport {
  readonly recycled: number
  readonly stillSuspended: number
}

/** Charges entries of suspense again, as corrected and by today's definitions. */
export async function recycle(
  engine: Engine,
  context: ReadContext,
  selection: store.SuspenseSelection,
): Promise<RecycleReport> {
  return changeSuspense(engine, context.tenant, async () => {
    const total = { recycled: 0, stillSuspended: 0 }
    let cursor: string | undefined
    for (;;) {
      const entries = await store.findSuspense(context.db, {
        ...selection,
        status: 'open',
        cursor,
        limit: RECYCLE_SLICE,
      })
      if (entries.length === 0) break
      const { recycled, stillSuspended } = await rechargeEntries(engine, context, entries)
      total.recycled += recycled
      total.stillSuspended += stillSuspended
      cursor = entries.at(-1)?.id
    }
    return total
  })
}

/** Whoever changes entries of suspense takes turns: a lost race would cost the engine its memory. */
export async function changeSuspense<T>(
  { turns }: Pick<Engine, 'turns'>,
  { name }: Tenant,
  work: () => Promise<T>,
): Promise<T> {
  return turns.take(`suspense of ${name}`, work)
}

async function rechargeEntries(
  engine: Engine,
  context: ReadContext,
  entries: readonly store.SuspenseEntry[],
): Promise<RecycleReport> {
  const { tenant, nowMs } = context
  const outcome = await engine.usage(tenant.name, {
    batch: decodeEntries(entries, await engine.decoding(tenant.name)),
    // It arrived in time: how long it lay in suspense is not the record's fault.
    acceptance: { nowMs, windowMs: Number.POSITIVE_INFINITY },
    recycled: true,
    commitHook: async (trx, { suspended, events }) => {
      const db = inSchema(trx, tenant.schema)
      const told = { records: entries.length - suspended.length, stillSuspended: suspended.length }
      const recycled = told.records === 0 ? [] : [eventOf(usageRecycled, { objectId: 'usage' }, told)]
      await publish(db, [...recycled, ...events], nowMs)
      const failed = new Set(suspended.map(({ row }) => row))
      const charged = entries.filter((_, row) => !failed.has(row)).map(({ id }) => id)
      const changed = await store.updateOpenSuspense(db, charged, { status: 'recycled' }, nowMs)
      if (changed !== charged.length) throw new Error('an entry was changed while it was recycled')
      for (const { row, reason, detail } of suspended) {
        await store.updateOpenSuspense(
          db,
          [(entries[row] as store.SuspenseEntry).id],
          { reason, detail: store.clean(detail) },
          nowMs,
        )
      }
    },
  })
  return { recycled: outcome.counts.recycled, stillSuspended: outcome.suspended.length }
}

function decodeEntries(entries: readonly store.SuspenseEntry[], decoding: DecodingContext): UsageBatch {
  const builder = new UsageBatchBuilder(decoding)
  const fields = emptyFields()
  for (const { record, source } of entries) {
    const fault = readLine(record, fields)
    fields.source ??= source === '' ? undefined : source
    if (fault === null) builder.add(fields)
    else builder.addUnreadable(record, 'bad_json', fault, fields)
  }
  return builder.build()
}

import { z } from 'zod'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { SUSPENSE_REASONS } from '../../core/mediation/suspense-reason.ts'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import type { Engine, EngineReads } from '../../engine/index.ts'
import { inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { instant } from '../../platform/http/dates.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { RawAnswer, type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { accountQuery } from '../parties/index.ts'
import { acceptWith } from './accept.ts'
import * as answers from './answers.ts'
import { MAX_RECORDS } from './decode-usage.ts'
import { suspenseCorrected, usageWrittenOff } from './events.ts'
import { usageCsv } from './export-usage.ts'
import { reportGaps, reportGapsOfServices } from './gaps.ts'
import { findImport } from './import-store.ts'
import { listImportPage, listSuspensePage } from './lists.ts'
import { fingerprint, importStart, suspenseFilter } from './schemas.ts'
import { acceptChunk, changeSuspense, closeImport, recycle, startImport } from './service.ts'
import * as store from './store.ts'

const USAGE_BODY_LIMIT = 32 * 1024 * 1024
/** Entries that one request may name or select. */
const MAX_ENTRIES = 10_000
const byId = z.object({ id: z.uuid() })
const selection = z.strictObject({
  ids: z.array(z.uuid()).max(MAX_ENTRIES).optional(),
  reason: suspenseFilter.reason,
  importId: z.uuid().optional(),
})

function assertSelects({ ids, reason, importId }: z.infer<typeof selection>): void {
  if (ids === undefined && reason === undefined && importId === undefined) {
    throw new Refusal('invalid_request', 'say which entries: ids, reason or importId')
  }
}

export function usageRoutes(engine: Engine, metrics: Metrics): Route[] {
  return [...deliveryRoutes(engine, metrics), ...suspenseRoutes(engine)]
}

function deliveryRoutes(engine: Engine, metrics: Metrics): Route[] {
  const tag = 'Usage'
  const accept = acceptWith(engine, metrics)
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/usage',
      logged: 'hourly',
      scope: 'usage:write',
      tag,
      rawBody: true,
      bodyLimit: USAGE_BODY_LIMIT,
      summary: `Charge usage: NDJSON, a JSON array or CloudEvents 1.0, gzip or not, up to ${MAX_RECORDS} records. A record's (source, id) makes a repetition harmless.`,
      content: { type: 'application/x-ndjson', schema: answers.record },
      answer: answers.report,
      handle: async (context, { body }, request) => {
        if (!Buffer.isBuffer(body)) throw new Refusal('invalid_json', 'the body is empty')
        return accept(context, body, request.headers['content-type'] ?? '')
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/usage-imports',
      logged: 'hourly',
      scope: 'usage:write',
      tag,
      summary: 'Begin or resume the delivery of a file',
      status: 201,
      body: importStart,
      answer: answers.usageImport,
      handle: async (context, { body }) => startImport(context, body),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/usage-imports/{id}/chunks',
      logged: 'hourly',
      scope: 'usage:write',
      tag,
      rawBody: true,
      bodyLimit: USAGE_BODY_LIMIT,
      content: { type: 'application/octet-stream', schema: z.string() },
      summary: 'Whole rows of a file from an offset on',
      params: byId,
      query: z.object({
        offset: z.coerce.number().int().min(0),
        last: z.enum(['true', 'false']).default('false'),
      }),
      answer: answers.usageImport,
      handle: async (context, { params, query, body }) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        return acceptChunk(engine, context, params.id, {
          offset: query.offset,
          isLast: query.last === 'true',
          bytes,
        })
      },
    }),
    readRoute({
      url: '/v1/usage-imports',
      scope: 'usage:read',
      tag,
      summary: 'List deliveries of files',
      query: z.object({
        ...listQuery,
        fingerprint: fingerprint.optional().describe('Only those of this file'),
        status: z.enum(['open', 'complete', 'refused']).optional(),
      }),
      answer: answers.usageImports,
      handle: async ({ db }, { query }) => listImportPage(db, query),
    }),
    readRoute({
      url: '/v1/usage-imports/{id}',
      scope: 'usage:read',
      tag,
      summary: 'A delivery, with its report',
      params: byId,
      answer: answers.usageImport,
      handle: async ({ db }, { params }) => {
        const found = await findImport(db, params.id)
        if (found === undefined) throw notFound(`import ${params.id}`, '/v1/usage-imports')
        return found
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/usage-imports/{id}/refusal',
      scope: 'usage:write',
      tag,
      summary: 'Close an open delivery: the rest of the file will not come; what was charged stays charged',
      params: byId,
      body: z.strictObject({ reason: z.string().min(1).max(1000) }),
      answer: answers.usageImport,
      handle: async (context, { params, body }) => closeImport(engine, context, params.id, body.reason),
    }),
  ]
}

/** What goes through the journal: it is done on a thread for reading. */
export function usageReadRoutes(engine: EngineReads): Route[] {
  const read = { scope: 'usage:read', tag: 'Usage', aside: 'short' } as const
  const name = z.string().min(1).max(128)
  const gapQuery = {
    type: name.optional().describe('Readings of this event type alone'),
    from: instant,
    until: instant,
    stepMinutes: z.coerce.number().int().min(1).max(44_640).describe('How often a meter should report'),
  }
  return [
    readRoute({
      ...read,
      url: '/v1/usage-gaps',
      summary: 'Missing readings of a regular series: a meter that should report every so many minutes',
      query: z.object({ service: name, ...gapQuery }),
      answer: answers.gaps,
      handle: async (context, { query }) => reportGaps(engine, context, query),
    }),
    readRoute({
      ...read,
      url: '/v1/usage-gaps/services',
      summary: 'Missing readings of all services, of those of an account, or of a customer',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        ...gapQuery,
        incomplete: z.enum(['true']).optional().describe('Only services of which readings are missing'),
      }),
      answer: answers.gapsOfServices,
      handle: async (context, { query }) => reportGapsOfServices(engine, context, query),
    }),
    streamRoute({
      ...read,
      url: '/v1/usage-records.csv',
      summary:
        'Usage of all services, of an account or of a customer as CSV: records as they stand, with their charges',
      query: z.object({
        ...accountQuery,
        service: name.optional().describe('Of this service: its id or key'),
        type: name.optional().describe('Of this event type'),
        from: instant.describe('Records that begin at this time or later'),
        until: instant.describe('Records that begin before this time, 31 days behind `from` at most'),
      }),
      handle: async (context, { query }) =>
        new RawAnswer('text/csv; charset=utf-8', await usageCsv(engine, context, query)),
    }),
  ]
}

function suspenseRoutes(engine: Engine): Route[] {
  const tag = 'Suspense'
  return [
    readRoute({
      url: '/v1/suspense',
      scope: 'usage:read',
      tag,
      summary: 'List suspended records',
      query: z.object({ ...listQuery, ...suspenseFilter }),
      answer: answers.suspense,
      handle: async ({ db }, { query }) => listSuspensePage(db, query),
    }),
    readRoute({
      url: '/v1/suspense-reasons',
      scope: 'usage:read',
      tag,
      summary: 'Suspended records by reason',
      query: z.object({ import: suspenseFilter.import.describe('Only those of this delivery of a file') }),
      answer: answers.suspenseReasons,
      handle: async ({ db }, { query }) => {
        const groups = await store.groupSuspense(db, query.import)
        return {
          items: groups.map((group) => ({
            ...group,
            meaning: SUSPENSE_REASONS[group.reason as keyof typeof SUSPENSE_REASONS],
          })),
        }
      },
    }),
    streamRoute({
      method: 'PATCH',
      url: '/v1/suspense/{id}',
      scope: 'usage:write',
      tag,
      rawBody: true,
      content: { type: 'application/json', schema: answers.suspenseCorrection },
      summary: 'Correct an open record: `{"record": {…}, "note": "…"}`; numbers keep the digits they are written with',
      params: byId,
      answer: answers.suspended,
      handle: async ({ db, nowMs, tenant }, { params, body }) => {
        const { record, note } = readCorrection(body)
        await changeSuspense(engine, tenant, () => changeOpen(db, params.id, { record, note }, nowMs))
        return (await store.withFiles(db, await store.findSuspense(db, { ids: [params.id], limit: 1 })))[0]
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/suspense/recycle',
      scope: 'usage:write',
      tag,
      summary: 'Charge suspended records again',
      body: selection,
      answer: answers.recycled,
      handle: async (context, { body }) => {
        assertSelects(body)
        return recycle(engine, context, body)
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/suspense/write-off',
      scope: 'usage:write',
      tag,
      summary: 'Give suspended records up',
      body: z.strictObject({ ...selection.shape, note: z.string().min(1).max(1000) }),
      answer: answers.writtenOff,
      handle: async ({ db, nowMs, tenant }, { body: { note, ...chosen } }) => {
        assertSelects(chosen)
        const set = { status: 'written_off', note }
        return changeSuspense(engine, tenant, async () =>
          inTransaction(db, async (trx) => {
            const writtenOff = await store.updateSelectedSuspense(trx, chosen, set, nowMs)
            const data = { records: writtenOff, note }
            if (writtenOff > 0) await publish(trx, [eventOf(usageWrittenOff, { objectId: 'usage' }, data)], nowMs)
            return { writtenOff }
          }),
        )
      },
    }),
  ]
}

/** The record's own text: parsing it into numbers would lose digits. */
function readCorrection(body: unknown): { record: string; note: string | null } {
  const cursor = new JsonCursor(Buffer.isBuffer(body) ? body.toString('utf8') : '')
  let record: string | undefined
  let note: string | null = null
  try {
    cursor.skipBlanks()
    cursor.object((key) => {
      const start = cursor.at
      if (key === 'note') note = cursor.string().slice(0, 1000)
      else cursor.skipValue()
      if (key === 'record') record = cursor.text.slice(start, cursor.at)
    })
    cursor.expectEnd()
  } catch (error) {
    throw new Refusal('invalid_json', error instanceof Error ? error.message : String(error))
  }
  if (record?.startsWith('{') !== true) throw new Refusal('invalid_request', 'record: an object is needed')
  if (record.length > FIELD_LIMITS.raw)
    throw new Refusal('payload_too_large', `a record has at most ${FIELD_LIMITS.raw} characters`)
  return { record, note }
}

async function changeOpen(
  db: Parameters<typeof store.findSuspense>[0],
  id: string,
  set: object,
  nowMs: number,
): Promise<void> {
  const [entry] = await store.findSuspense(db, { ids: [id], limit: 1 })
  if (entry === undefined) throw notFound(`suspended record ${id}`, '/v1/suspense', 'suspense list')
  await inTransaction(db, async (trx) => {
    if ((await store.updateOpenSuspense(trx, [id], set, nowMs)) === 0)
      throw new Refusal('conflict', `the record is ${entry.status}`)
    await publish(trx, [eventOf(suspenseCorrected, { objectId: id }, { reason: entry.reason })], nowMs)
  })
}

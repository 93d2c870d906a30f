import { z } from 'zod'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { instant } from '../../platform/http/dates.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { rawJson } from '../../platform/http/parse-json.ts'
import { type Route, readRoute, type Scope, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Parts } from '../module.ts'
import * as answers from './answers.ts'
import { listCorrectionPage } from './correction-store.ts'
import { type CorrectionRequest, type Corrector, correctUsage, toCorrectionView } from './corrections.ts'
import { findRetraction } from './retraction-store.ts'
import { startRetraction } from './retractions.ts'

const byId = z.object({ id: z.uuid() })
const name = z.string().min(1).max(FIELD_LIMITS.id)
const request = z
  .strictObject({
    key: z.string().min(1).max(200),
    source: name,
    id: name,
    time: instant.nullable().default(null),
    action: z.enum(['retract', 'amend']),
    reason: z.string().min(1).max(1000),
  })
  .strict()

/** Whoever asks, by the key of the request. */
function correctorOf({ caller }: { caller: { id: string; scopes: readonly Scope[] } }): Corrector {
  return { by: caller.id, isUnbounded: caller.scopes.includes('usage:correct-any') }
}

export function correctionRoutes({ engine, wakeJobs }: Parts): Route[] {
  const tag = 'Corrections'
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/usage-corrections',
      scope: 'usage:correct',
      tag,
      rawBody: true,
      summary:
        'Retract a charged record, or amend it by the fields of `record`: `{"key", "source", "id", "time"?, "action", "record"?, "reason"}`',
      content: { type: 'application/json', schema: answers.correctionRequest },
      answer: answers.correction,
      handle: async (context, { body }, { caller }) =>
        correctUsage(engine, context, readRequest(body), correctorOf({ caller })),
    }),
    readRoute({
      url: '/v1/usage-corrections',
      scope: 'usage:read',
      tag,
      summary: 'Corrections, all or those of one record: its trace',
      query: z.object({ ...listQuery, source: name.optional(), id: name.optional() }),
      answer: answers.corrections,
      handle: async ({ db }, { query }) => {
        const page = await listCorrectionPage(db, query)
        return { ...page, items: page.items.map(toCorrectionView) }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/usage-imports/{id}/retract',
      scope: 'usage:correct',
      tag,
      status: 202,
      summary: 'Retract a file: every record that it had charged, and its records in suspense are given up',
      params: byId,
      body: z.strictObject({ key: z.string().min(1).max(200), reason: z.string().min(1).max(1000) }),
      answer: answers.retraction,
      handle: async (context, { params, body }, { caller }) => {
        const started = await startRetraction(engine, context, params.id, body, correctorOf({ caller }))
        wakeJobs(context.tenant)
        return started
      },
    }),
    readRoute({
      url: '/v1/usage-retractions/{id}',
      scope: 'usage:read',
      tag,
      summary: 'How far the retraction of a file is',
      params: byId,
      answer: answers.retraction,
      handle: async ({ db }, { params }) => {
        const found = await findRetraction(db, { id: params.id })
        if (found === undefined) throw new Refusal('not_found', `no retraction ${params.id}`)
        return found
      },
    }),
  ]
}

/** The request; its record stays text, because parsing it into numbers would lose digits. */
function readRequest(body: unknown): CorrectionRequest {
  const cursor = new JsonCursor(rawJson(body))
  const fields: Record<string, unknown> = {}
  let record: string | null = null
  try {
    cursor.skipBlanks()
    cursor.object((key) => {
      const start = cursor.at
      cursor.skipValue()
      const text = cursor.text.slice(start, cursor.at)
      if (key === 'record') record = text
      else fields[key] = JSON.parse(text)
    })
    cursor.expectEnd()
  } catch (error) {
    throw new Refusal('invalid_json', error instanceof Error ? error.message : String(error))
  }
  const parsed = request.safeParse(fields)
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    throw new Refusal('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), {
      errors,
    })
  }
  const text = record as string | null
  if ((parsed.data.action === 'amend') !== (text?.startsWith('{') === true))
    throw new Refusal('invalid_request', 'record: an object with what changes, to amend; absent, to retract')
  if (text !== null && text.length > FIELD_LIMITS.raw)
    throw new Refusal('payload_too_large', `a record has at most ${FIELD_LIMITS.raw} characters`)
  return { ...parsed.data, record: text }
}

import { createHash } from 'node:crypto'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { type CorrectionSession, type EffectiveRecord, type Engine, REFUND } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getRow } from '../parties/index.ts'
import { getSubscription } from '../subscriptions/index.ts'
import * as store from './correction-store.ts'
import { usageCorrected } from './events.ts'

const MS_PER_DAY = 86_400_000

/** A record to be retracted, or amended by the fields that are given; numbers keep the digits they are written with. */
export interface CorrectionRequest {
  readonly key: string
  readonly source: string
  readonly id: string
  /** When the record happened, as it is now: it is found faster, and distinguished from another one of its name. */
  readonly time: string | null
  readonly action: 'retract' | 'amend'
  /** JSON text of the fields that change. */
  readonly record: string | null
  readonly reason: string
}

/** Who asks, and whether records from before the acceptance window may be corrected. */
export interface Corrector {
  readonly by: string
  readonly isUnbounded: boolean
}

/** Corrects one record: what it was charged is taken back and, when it is amended, charged anew. Once for its key. */
export async function correctUsage(
  engine: Engine,
  context: ReadContext,
  request: CorrectionRequest,
  corrector: Corrector,
): Promise<object> {
  const { db, tenant } = context
  const requestSha256 = createHash('sha256').update(JSON.stringify(request)).digest()
  return engine.correct(tenant.name, async (desk) => {
    const stored = await store.findCorrection(db, request.key)
    if (stored === undefined) return toCorrectionView(await correct(desk, context, request, corrector, requestSha256))
    if (!requestSha256.equals(stored.requestSha256))
      throw new Refusal('idempotency_conflict', 'this key was used for another correction')
    return toCorrectionView(stored)
  })
}

async function correct(
  desk: CorrectionSession,
  context: ReadContext,
  request: CorrectionRequest,
  { by, isUnbounded }: Corrector,
  requestSha256: Buffer,
): Promise<store.UsageCorrection> {
  const { db, tenant, nowMs } = context
  const { source, id: recordId, action, key, reason } = request
  const effective = await desk.find(source, recordId, request.time === null ? null : Date.parse(request.time))
  const refund = await desk.refundOf(effective)
  if (refund.isEffective)
    throw new Refusal('conflict', `record ${recordId} of ${source} was given back as ${recordId}${REFUND}`)
  const windowMs = isUnbounded ? Number.POSITIVE_INFINITY : tenant.acceptanceWindowDays * MS_PER_DAY
  if (effective.startMs < nowMs - windowMs)
    throw new Refusal(
      'forbidden',
      'the record is from before the acceptance window: the scope usage:correct-any is needed',
    )
  const text = action === 'amend' ? amendedText(effective, request.record ?? '{}') : null
  const batch = desk.batchOf([effective], text === null ? [] : [text])
  const rejected = batch.rejections.get(1)
  if (rejected !== undefined) throw new Refusal('unprocessable', `${rejected.reason}: ${rejected.detail}`)
  if (text !== null && batch.body[0] === batch.body[2] && batch.body[1] === batch.body[3])
    throw new Refusal('unprocessable', 'the record would stay as it is')
  const account = await getRow(db, 'account', (await getSubscription(db, effective.subscriptionId)).accountId)
  const id = newId()
  const row = {
    id,
    key,
    requestSha256,
    source,
    recordId,
    action,
    reason,
    requestedBy: by,
    accountId: account.id,
    currency: account.currency,
    recordBefore: JSON.parse(toText(effective)) as object,
    recordAfter: text === null ? null : (JSON.parse(text) as object),
    createdAt: new Date(nowMs),
  }
  let made: store.UsageCorrection | undefined
  const { items } = await desk.apply({
    batch,
    items: [{ effective, row: 0, replacement: text === null ? null : { row: 1, plan: null }, refundSeq: refund.seq }],
    change: { id, by, reason },
    acceptance: { nowMs, windowMs },
    isHookNeeded: (outcome) => outcome.items[0]?.fault === null,
    commitHook: async (trx, outcome, seq) => {
      const scoped = inSchema(trx, tenant.schema)
      const [item] = outcome.items
      if (item === undefined || item.fault !== null) return
      made = { ...row, difference: String(item.difference), seq: BigInt(seq) }
      await store.insertCorrection(scoped, made)
      const difference = formatScaled(item.difference, currencyOf(account.currency).ratingScale)
      const told = eventOf(usageCorrected, { objectId: id, accountId: account.id }, { ...row, difference })
      await publish(scoped, [told, ...outcome.events], nowMs)
    },
  })
  const fault = items[0]?.fault
  if (fault != null) throw new Refusal('unprocessable', `it cannot be charged so: ${fault[0]}: ${fault[1]}`)
  if (made === undefined) throw new Error('a correction was committed without its row')
  return made
}

/** The record with the fields that are given in place of its own, as one line of JSON. */
function amendedText(effective: EffectiveRecord, patch: string): string {
  const fields = new Map<string, string>()
  const cursor = new JsonCursor(patch)
  try {
    cursor.skipBlanks()
    cursor.object((name) => {
      const start = cursor.at
      cursor.skipValue()
      fields.set(name === 'subject' ? 'service' : name, cursor.text.slice(start, cursor.at))
    })
  } catch (error) {
    throw new Refusal('invalid_json', error instanceof Error ? error.message : String(error))
  }
  for (const name of fields.keys())
    if (!AMENDABLE.includes(name)) throw new Refusal('invalid_request', `record: ${name} cannot be amended`)
  const { source, id, service, type, startMs, endMs, data } = effective
  const end = Number.isNaN(endMs) ? undefined : JSON.stringify(new Date(endMs).toISOString())
  const time = JSON.stringify(new Date(startMs).toISOString())
  const whole: Record<string, string | undefined> = {
    id: JSON.stringify(id),
    source: JSON.stringify(source),
    service: fields.get('service') ?? JSON.stringify(service),
    type: fields.get('type') ?? JSON.stringify(type),
    time: fields.get('time') ?? time,
    end: fields.get('end') === 'null' ? undefined : (fields.get('end') ?? end),
    data: fields.get('data') ?? data,
  }
  const parts = Object.entries(whole).flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]))
  return `{${parts.join(',')}}`
}

const AMENDABLE = ['service', 'type', 'time', 'end', 'data']

function toText({ source, id, service, type, startMs, endMs, data }: EffectiveRecord): string {
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  const head = JSON.stringify({ id, source, service, type, time: new Date(startMs).toISOString(), end })
  return `${head.slice(0, -1)},"data":${data}}`
}

export function toCorrectionView(row: store.UsageCorrection): { id: string } & Record<string, unknown> {
  const { id, key, source, recordId, action, reason, requestedBy, accountId, currency } = row
  const { recordBefore: before, recordAfter: after, createdAt, seq } = row
  const difference = formatScaled(BigInt(row.difference), currencyOf(currency).ratingScale)
  const named = { id, key, source, recordId, action, reason, requestedBy, accountId }
  return { ...named, before, after, difference, currency, segment: Number(seq), createdAt }
}

import { sql } from 'kysely'
import { decimal, formatDecimal, multiply } from '../../core/base/decimal.ts'
import { nextStep, type StepOutcome, type Suppression } from '../../core/notifications/decide-send.ts'
import { anyOf, type DatabaseTransaction, schemaOf } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { columnsOf } from '../../platform/insert-rows.ts'
import { noteFailing } from './contact-store.ts'
import { noticeFailed } from './events.ts'
import type { NoticeAttempt, NoticeSend } from './notice.ts'
import { dropSecrets } from './notice-secrets.ts'
import type { NoticeSettings } from './notice-settings.ts'
import type { SendAnswer } from './ports.ts'
import type { RenderedNotice } from './template-engine.ts'

/** What failed and may be tried again is, after 30 s, 2 min, 8 min, … and then every two hours: half a day of a channel that is away. */
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 7_200_000
const MAX_ATTEMPTS = 10

type Sent = Pick<NoticeSend, 'id' | 'noticeId' | 'personId' | 'customerId' | 'kind' | 'channel' | 'step'>

/** Of what a channel says, and of its ids: an index holds those. */
const [MOST_SAID, MOST_ID] = [300, 255]

/** A text of another side as it can be kept: Postgres has no NUL, and a text without an end is of no use. */
function keptText(text: string, most: number): string {
  return text.slice(0, most).toWellFormed().replaceAll('\0', ' ')
}

/** An id of a provider as it is kept, and looked for. */
export function keptId(id: string): string {
  return keptText(id, MOST_ID)
}

/** Has the next way of the chain begin, stand by or be left, by what is known of this one. The message is locked. */
export async function goOn(db: DatabaseTransaction, row: Sent, outcome: StepOutcome): Promise<void> {
  const query = db
    .selectFrom('noticeSend')
    .select(['id', 'condition', 'afterMinutes', 'channel'])
    .where('noticeId', '=', row.noticeId)
  const next = (await query
    .where('personId', '=', row.personId)
    .where('step', '=', row.step + 1)
    .where('state', 'in', ['stand_by', 'waiting'])
    .forUpdate()
    .executeTakeFirst()) as Pick<NoticeSend, 'id' | 'condition' | 'afterMinutes' | 'channel'> | undefined
  if (next === undefined) return
  const { condition: when, afterMinutes, channel } = next
  const step = nextStep({ channel, when, afterMinutes }, outcome)
  if (step.do === 'skip') return leaveOut(db, row, row.step + 1, outcome.atMs)
  const set =
    step.do === 'begin' ? ({ state: 'waiting', dueAt: new Date(step.atMs) } as const) : ({ state: 'stand_by' } as const)
  await db.updateTable('noticeSend').set(set).where('id', '=', next.id).execute()
}

/** The ways of a chain from one on are not taken. The entry in the inbox, behind a gap, is none of them. */
async function leaveOut(
  db: DatabaseTransaction,
  { noticeId, personId }: Pick<Sent, 'noticeId' | 'personId'>,
  from: number,
  atMs: number,
): Promise<void> {
  const query = db.selectFrom('noticeSend').select(['id', 'step', 'state']).where('noticeId', '=', noticeId)
  const rest = await query
    .where('personId', '=', personId)
    .where('step', '>=', from)
    .orderBy('step')
    .forUpdate()
    .execute()
  const ids = rest
    .filter(({ step, state }, at) => step === from + at && (state === 'stand_by' || state === 'waiting'))
    .map(({ id }) => id)
  const set = { state: 'suppressed', reason: 'not_needed', endedAt: new Date(atMs) } as const
  await db.updateTable('noticeSend').set(set).where('id', '=', anyOf(ids)).execute()
}

export async function suppress(db: DatabaseTransaction, row: Sent, reason: Suppression, nowMs: number): Promise<void> {
  const set = { state: 'suppressed', reason, endedAt: new Date(nowMs) } as const
  await db.updateTable('noticeSend').set(set).where('id', '=', row.id).execute()
  // Where a way is not needed, none behind it is; where it cannot be taken, the next one is.
  if (reason === 'not_needed') await leaveOut(db, row, row.step + 1, nowMs)
  else await goOn(db, row, { state: 'suppressed', atMs: nowMs })
}

export async function endAttempt(
  db: DatabaseTransaction,
  { id }: Pick<Sent, 'id'>,
  number: number,
  { outcome, reason, said }: Pick<NoticeAttempt, 'outcome' | 'reason' | 'said'>,
  realMs: number,
): Promise<void> {
  const set = { outcome, reason, said, endedAt: new Date(realMs) }
  await db.updateTable('noticeAttempt').set(set).where('sendId', '=', id).where('number', '=', number).execute()
}

/** The address stands with a message from its beginning on: where it does not any more, its person was erased while it was under way. The messages are locked. */
async function erasedAmong(db: DatabaseTransaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const query = db.selectFrom('noticeSend').select(['id', 'address']).where('id', '=', anyOf(ids)).orderBy('id')
  const rows = await query.forUpdate().execute()
  return new Set(rows.filter(({ address }) => address === null).map(({ id }) => id))
}

/** What was cut within a sign, or has signs that no table holds, is kept without them. */
function keptRendered({ subject, text, html }: RenderedNotice): RenderedNotice {
  const kept = (one: string | null): string | null => (one === null ? null : keptText(one, one.length))
  return { subject: kept(subject), text: keptText(text, text.length), html: kept(html) }
}

/** What is said often names the address. */
function keptAnswer(answer: SendAnswer, isErased: boolean): SendAnswer {
  const { said: words, ...others } = answer
  const said = words === undefined || isErased ? {} : { said: keptText(words, MOST_SAID) }
  if (others.outcome === 'accepted') return { ...others, id: keptId(others.id), ...said }
  return { ...others, ...said }
}

/** What is known when a channel has answered. */
export interface Answered {
  readonly row: Sent & { readonly hasNext: boolean }
  /** Which of its attempts this was. */
  readonly attempt: number
  readonly address: string
  readonly answer: SendAnswer
  readonly rendered: RenderedNotice | null
  readonly isSecret: boolean
}

interface Recording {
  readonly nowMs: number
  readonly realMs: number
  readonly settings: NoticeSettings
}

const ENDED = { id: 'uuid', number: 'integer', outcome: 'text', reason: 'text', said: 'text' } as const
const ACCEPTED = {
  ...{ id: 'uuid', state: 'text', said: 'text', providerId: 'text', cost: 'numeric', costCurrency: 'text' },
  ...{ subject: 'text', text: 'text', html: 'text' },
} as const

/** Notes what a channel has answered to messages, and what follows from it. */
export async function recordAnswers(
  db: DatabaseTransaction,
  all: readonly Answered[],
  recording: Recording,
): Promise<void> {
  const erased = await erasedAmong(
    db,
    all.map(({ row }) => row.id),
  )
  const kept = all.map(({ answer, rendered, ...one }) => ({
    ...one,
    // Gateways repeat what they refuse: words about a message with a code may hold the code.
    answer: keptAnswer(answer, one.isSecret || erased.has(one.row.id)),
    rendered: rendered === null ? null : keptRendered(rendered),
  }))
  await endAttempts(db, kept, recording.realMs)
  const accepted = kept.filter(({ answer }) => answer.outcome === 'accepted')
  await acceptAll(db, accepted, erased, recording)
  for (const { row } of accepted)
    if (row.hasNext) await goOn(db, row, { state: acceptedState(row), atMs: recording.nowMs })
  for (const one of kept) if (one.answer.outcome !== 'accepted') await recordOther(db, one, erased, recording)
  // When all have it, or cannot get it, it is needed here no more.
  await dropSecrets(
    db,
    kept.flatMap(({ row, isSecret }) => (isSecret ? [row.noticeId] : [])),
  )
}

const acceptedState = ({ channel }: Pick<Sent, 'channel'>): 'sent' | 'delivered' =>
  channel === 'inbox' ? 'delivered' : 'sent'

async function endAttempts(db: DatabaseTransaction, all: readonly Answered[], realMs: number): Promise<void> {
  const rows = all.map(({ row, attempt, answer }) => ({
    ...{ id: row.id, number: attempt, outcome: answer.outcome, said: answer.said ?? null },
    reason: answer.outcome === 'failed' ? answer.reason : null,
  }))
  await sql`update ${sql.id(schemaOf(db), 'notice_attempt')} a set outcome = ended.outcome, reason = ended.reason, said = ended.said, ended_at = ${new Date(realMs)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as ended(${columnsOf(ENDED)})
    where a.send_id = ended.id and a.number = ended.number`.execute(db)
}

async function acceptAll(
  db: DatabaseTransaction,
  all: readonly Answered[],
  erased: ReadonlySet<string>,
  { nowMs, settings }: Recording,
): Promise<void> {
  if (all.length === 0) return
  const rows = all.map(({ row, answer, rendered, isSecret }) => {
    const cost = settings.costs[row.channel]
    const { id: providerId, parts = 1 } = answer as Extract<SendAnswer, { outcome: 'accepted' }>
    return {
      ...{ id: row.id, state: acceptedState(row), said: answer.said ?? null, providerId },
      ...(cost === undefined ? {} : { cost: costOf(cost.amount, parts), costCurrency: cost.currency }),
      ...(isSecret || erased.has(row.id) ? {} : rendered),
    }
  })
  const at = new Date(nowMs)
  await sql`update ${sql.id(schemaOf(db), 'notice_send')} s set state = row.state, reason = null, said = row.said, owner = null, provider_id = row."providerId",
      sent_at = ${at}, ended_at = case when row.state = 'delivered' then ${at}::timestamptz else s.ended_at end,
      cost = coalesce(row.cost, s.cost), cost_currency = coalesce(row."costCurrency", s.cost_currency),
      subject = coalesce(row.subject, s.subject), text = coalesce(row.text, s.text), html = coalesce(row.html, s.html)
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(${columnsOf(ACCEPTED)}) where s.id = row.id`.execute(
    db,
  )
}

/** It was not accepted, or nobody knows. */
async function recordOther(
  db: DatabaseTransaction,
  { row, attempt, address, answer, rendered, isSecret }: Answered,
  erased: ReadonlySet<string>,
  { nowMs, realMs }: Recording,
): Promise<void> {
  const isErased = erased.has(row.id)
  const kept = rendered === null || isSecret || isErased ? {} : rendered
  const said = answer.said ?? null
  if (answer.outcome === 'unknown') {
    // It may have come: it counts as sent where messages of a day are counted, and is not sent again.
    const set = { ...kept, state: 'unknown', reason: 'no_answer', said, owner: null, sentAt: new Date(nowMs) }
    await change(db, row, set)
    return goOn(db, row, { state: 'unknown', atMs: nowMs })
  }
  if (answer.outcome !== 'failed') return
  const { reason } = answer
  if (answer.mayRetry && attempt < MAX_ATTEMPTS) {
    const pause = Math.min(FIRST_RETRY_MS * 4 ** (attempt - 1), LONGEST_RETRY_MS)
    return change(db, row, { state: 'waiting', reason, said, owner: null, retryAt: new Date(realMs + pause) })
  }
  await failSend(db, { ...row, address: isErased ? null : address }, { reason, said, kept }, nowMs)
}

/** A network charges for each part of a long text: 3 parts at 0.045 are 0.135. */
function costOf(amount: string, parts: number): string {
  return formatDecimal(multiply(decimal(amount), decimal(String(parts))))
}

/** A message will not come by its channel, as the channel, a receipt or a bounce says: whoever waits for that is told, and the next way begins. The message is locked. */
export async function failSend(
  db: DatabaseTransaction,
  row: Sent & Pick<NoticeSend, 'address'>,
  { reason, said, kept = {} }: { readonly reason: string; readonly said: string | null; readonly kept?: object },
  nowMs: number,
): Promise<void> {
  const at = new Date(nowMs)
  const { channel, address } = row
  await change(db, row, { ...kept, state: 'failed', reason, said, owner: null, endedAt: at })
  if (address !== null && (reason === 'no_such_address' || reason === 'bounced'))
    await noteFailing(db, row.customerId, { channel, address, reason, notedAt: at })
  await tellFailed(db, row, reason, nowMs)
  await goOn(db, row, { state: 'failed', atMs: nowMs })
}

/** It will not come by this channel. */
export async function tellFailed(db: DatabaseTransaction, row: Sent, reason: string, nowMs: number): Promise<void> {
  const { kind, channel, noticeId } = row
  const about = { objectId: row.id, customerId: row.customerId }
  await publish(db, [eventOf(noticeFailed, about, { kind, channel, noticeId, reason })], nowMs)
}

async function change(db: DatabaseTransaction, { id }: Pick<Sent, 'id'>, set: object): Promise<void> {
  await db.updateTable('noticeSend').set(set).where('id', '=', id).execute()
}

import { sql } from 'kysely'
import type { NoticeChannel } from '../../core/notifications/channels.ts'
import { decideSend, isStillNeeded, type SendDecision } from '../../core/notifications/decide-send.ts'
import { findKind, type NoticeKind } from '../../core/notifications/kinds.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction, schemaOf } from '../../platform/db.ts'
import { columnsOf } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret } from '../../platform/secret-codes.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { openSecret, type Sealing } from './notice-secrets.ts'
import { type NoticeSettings, quietHoursOf } from './notice-settings.ts'
import type { NotificationChannel, SendAnswer } from './ports.ts'
import { recordAnswers, suppress } from './record.ts'
import { renderNotice } from './render.ts'
import { type DueSend, lockDue } from './send-facts.ts'
import type { RenderedNotice, RenderJob } from './template-engine.ts'
import { findTemplate, type NoticeTemplate } from './template-store.ts'
import { unsubscribeUrlOf } from './unsubscribe-link.ts'

/** How long a channel may take for one message. */
const TIMEOUT_MS = 60_000

/** What sending needs to know of a tenant and its channel. */
export interface SendContext {
  readonly root: Database
  readonly tenant: Tenant
  readonly channel: NoticeChannel
  /** Null is the inbox, which is a table. */
  readonly opened: NotificationChannel | null
  readonly settings: NoticeSettings
  /** Names this process. */
  readonly owner: string
  readonly ring: KeyRing
  readonly nowMs: () => number
  /** Where people find this server. */
  readonly publicUrl: string
}

/** A message that is about to be given to its channel. */
export interface Begun {
  readonly due: DueSend
  readonly kind: NoticeKind
  readonly address: string
  readonly attempt: number
  readonly job: RenderJob
  readonly template: string | null
  /** SHA-256 of the secret of its link, as hexadecimal digits; null where it has none. */
  readonly link: string | null
}

/** What a channel has answered to a message. */
export interface Handed {
  readonly begun: Begun
  readonly answer: SendAnswer
  readonly rendered: RenderedNotice | null
}

const BEGUN = {
  ...{ id: 'uuid', number: 'integer', customerId: 'uuid', address: 'text', language: 'text' },
  ...{ templateId: 'uuid', link: 'text' },
} as const

/**
 * Takes the next messages of a channel that are due, and decides of each whether it goes now, waits or is not sent. What is about to be sent is committed before it is: what a
 * process did that was killed meanwhile is found by that, and is not done twice. @returns those that go, and whether anything was due, and more of it than goes
 */
export async function takeNext(
  context: SendContext,
  most: number,
): Promise<{ readonly begun: readonly Begun[]; readonly isAny: boolean; readonly isMore: boolean }> {
  const { root, tenant, channel, settings } = context
  const clocks = { nowMs: context.nowMs(), realMs: systemClock.nowMs() }
  return inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const { due, seen } = await lockDue(db, channel, clocks, { most, isLimited: settings.mostPerDay !== null })
    const templates = new Map<string, Promise<NoticeTemplate | null>>()
    const begun: Begun[] = []
    for (const one of due) {
      const own = await begin(db, context, one, clocks.nowMs, templates)
      if (own !== null) begun.push(own)
    }
    await keepBegun(db, begun, context.owner, clocks.realMs)
    return { begun, isAny: due.length > 0, isMore: due.length > 0 && seen > begun.length }
  })
}

/** Notes that messages are under way, with an attempt each. */
async function keepBegun(
  db: DatabaseTransaction,
  begun: readonly Begun[],
  owner: string,
  realMs: number,
): Promise<void> {
  if (begun.length === 0) return
  const rows = begun.map(({ due, attempt, address, template, link }) => ({
    ...{ id: due.id, number: attempt, customerId: due.customerId, address, language: due.language },
    ...{ templateId: template, link },
  }))
  const table = (name: string) => sql.id(schemaOf(db), name)
  await sql`with begun as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as row(${columnsOf(BEGUN)})),
    attempts as (insert into ${table('notice_attempt')} (send_id, number, customer_id, began_at)
      select id, number, "customerId", ${new Date(realMs)} from begun)
    update ${table('notice_send')} s set state = 'sending', owner = ${owner}, attempts = begun.number, retry_at = null, address = begun.address,
      language = begun.language, template_id = begun."templateId", link_sha256 = decode(begun.link, 'hex')
    from begun where s.id = begun.id`.execute(db)
}

/** Gives messages that have gone to their channel, with what it answered, to the tables: all at once, or one by one where that fails for one of them. */
export async function keepHanded(context: SendContext, handed: readonly Handed[]): Promise<void> {
  const keep = async (some: readonly Handed[]): Promise<void> =>
    inTransaction(context.root, async (trx) => {
      const times = { nowMs: context.nowMs(), realMs: systemClock.nowMs() }
      const answered = some.map(({ begun: { due: row, address, attempt, kind }, answer, rendered }) => ({
        ...{ row, address, attempt, answer, rendered, isSecret: kind.isSecret },
      }))
      await recordAnswers(inSchema(trx, context.tenant.schema), answered, { ...times, settings: context.settings })
    })
  if (handed.length <= 1) return handed.length === 0 ? undefined : keep(handed)
  try {
    await keep(handed)
  } catch {
    const results = await Promise.allSettled(handed.map(async (one) => keep([one])))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
}

function decide(due: DueSend, kind: NoticeKind, settings: NoticeSettings, nowMs: number): SendDecision {
  const { before, condition, quietFrom, quietUntil } = due
  if (before !== null && before !== 'stand_by' && before !== 'waiting' && before !== 'sending')
    if (!isStillNeeded({ when: condition }, { state: before })) return { do: 'suppress', reason: 'not_needed' }
  // Whoever tries something out wants to see it.
  if (due.origin === 'trial') return due.address === null ? { do: 'suppress', reason: 'no_address' } : { do: 'send' }
  const own = quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil }
  return decideSend(
    {
      ...due,
      kind,
      quiet: own ?? quietHoursOf(settings),
      mostPerDay: settings.mostPerDay,
      askedMs: due.askedAt.getTime(),
    },
    nowMs,
  )
}

/** @returns null where it is not sent now */
async function begin(
  db: DatabaseTransaction,
  { settings, tenant, publicUrl, channel }: SendContext,
  due: DueSend,
  nowMs: number,
  templates: Map<string, Promise<NoticeTemplate | null>>,
): Promise<Begun | null> {
  const kind = findKind(due.kind)
  const decision: SendDecision =
    kind === undefined ? { do: 'suppress', reason: 'kind_off' } : decide(due, kind, settings, nowMs)
  if (decision.do === 'suppress') {
    await suppress(db, due, decision.reason, nowMs)
    return null
  }
  if (decision.do === 'wait') {
    const set = { dueAt: new Date(decision.untilMs), reason: decision.reason }
    await db.updateTable('noticeSend').set(set).where('id', '=', due.id).execute()
    return null
  }
  const isLinked = channel === 'email' && !(kind as NoticeKind).isMandatory
  const { sha256, text } = newSecret(due.id)
  const meant = `${due.kind} ${due.language} ${due.brand ?? ''}`
  const finding = templates.get(meant) ?? findTemplate(db, due)
  templates.set(meant, finding)
  const template = await finding
  const unsubscribeUrl = isLinked ? unsubscribeUrlOf(settings.linkAddress ?? publicUrl, tenant.name, text) : null
  const names = { customer: due.name, account: due.account, seller: due.seller }
  const job = { kind: due.kind, channel, language: due.language, template, values: { ...names, ...due.data } }
  return {
    due,
    kind: kind as NoticeKind,
    address: due.address as string,
    attempt: due.attempts + 1,
    template: template?.id ?? null,
    link: isLinked ? sha256.toString('hex') : null,
    job: { ...job, zone: due.zone, unsubscribeUrl },
  }
}

/** Writes a message out and gives it to its channel. */
export async function hand(context: SendContext, begun: Begun): Promise<Handed> {
  return { begun, ...(await give(context, begun)) }
}

async function give(
  { tenant, opened, ring }: SendContext,
  { due, kind, address, job }: Begun,
): Promise<Omit<Handed, 'begun'>> {
  let rendered: RenderedNotice
  try {
    const secret = kind.isSecret ? secretOf(due, { ring, tenant: tenant.name }) : {}
    rendered = await renderNotice(tenant.name, { ...job, values: { ...job.values, ...secret } })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // What is wrong with a template is wrong the next time; that the server has too much to do is not.
    const mayRetry = error.code !== 'unprocessable'
    return { answer: { outcome: 'failed', reason: 'not_supported', mayRetry, said: error.message }, rendered: null }
  }
  if (opened === null) return { answer: { outcome: 'accepted', id: due.id }, rendered }
  const { capabilities } = opened
  const { subject, text, html } = rendered
  const most = capabilities.maxCharacters
  if (most !== null && lengthOf(text) > most)
    return {
      answer: { outcome: 'failed', reason: 'too_long', mayRetry: false, said: `more than ${most} characters` },
      rendered,
    }
  const { unsubscribeUrl } = job
  const answer = await opened.send(
    {
      ...{ key: due.id, to: address, text, attachments: [] },
      ...{ subject: capabilities.subject ? subject : null, html: capabilities.html ? html : null },
      ...(unsubscribeUrl === null ? {} : { unsubscribeUrl }),
    },
    AbortSignal.timeout(TIMEOUT_MS),
  )
  return { answer, rendered }
}

/** @throws Refusal `unprocessable` where it is not there any more */
function secretOf({ noticeId, secret, secretKeyId }: DueSend, sealing: Sealing): ReturnType<typeof openSecret> {
  if (secret === null || secretKeyId === null)
    throw new Refusal('unprocessable', 'its secret is not kept any more: ask for a new one')
  return openSecret(sealing, noticeId, { ciphertext: secret, keyId: secretKeyId })
}

/** In code points, as channels count characters. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

import type { NoticeChannel } from '../../core/notifications/channels.ts'
import { decideSend, isStillNeeded, type SendDecision } from '../../core/notifications/decide-send.ts'
import { findKind, type NoticeKind } from '../../core/notifications/kinds.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret } from '../../platform/secret-codes.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type NoticeSettings, quietHoursOf } from './notice-settings.ts'
import type { NotificationChannel, SendAnswer } from './ports.ts'
import { recordAnswer, suppress } from './record.ts'
import { renderNotice } from './render.ts'
import { type Clocks, type DueSend, lockDue } from './send-facts.ts'
import type { RenderedNotice, RenderJob } from './template-engine.ts'
import { findTemplate } from './template-store.ts'
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
  readonly nowMs: () => number
  /** Where people find this server. */
  readonly publicUrl: string
}

interface Begun {
  readonly due: DueSend
  readonly kind: NoticeKind
  readonly address: string
  readonly attempt: number
  readonly job: RenderJob
}

/**
 * Sends the next message of a channel that is due, or decides that it waits or is not sent. What is about to be sent is committed before it is: what a
 * process did that was killed meanwhile is found by that, and is not done twice.
 * @returns what the channel answered; `decided` where nothing was to be sent, null where nothing is due
 */
export async function sendNext(context: SendContext): Promise<SendAnswer | 'decided' | null> {
  const { root, tenant, channel } = context
  const clocks = { nowMs: context.nowMs(), realMs: systemClock.nowMs() }
  const begun = await inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const due = await lockDue(db, channel, clocks)
    return due === null ? null : begin(db, context, due, clocks)
  })
  if (begun === null || begun === 'decided') return begun
  const { answer, rendered } = await hand(context, begun)
  await inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const { due: row, address, attempt, kind } = begun
    const times = { nowMs: context.nowMs(), realMs: systemClock.nowMs() }
    const { settings } = context
    await recordAnswer(db, { row, address, attempt, answer, rendered, isSecret: kind.isSecret, ...times, settings })
  })
  return answer
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

async function begin(
  db: DatabaseTransaction,
  { settings, owner, tenant, publicUrl, channel }: SendContext,
  due: DueSend,
  { nowMs, realMs }: Clocks,
): Promise<Begun | 'decided'> {
  const kind = findKind(due.kind)
  const decision: SendDecision =
    kind === undefined ? { do: 'suppress', reason: 'kind_off' } : decide(due, kind, settings, nowMs)
  if (decision.do === 'suppress') {
    await suppress(db, due, decision.reason, nowMs)
    return 'decided'
  }
  if (decision.do === 'wait') {
    const set = { dueAt: new Date(decision.untilMs), reason: decision.reason }
    await db.updateTable('noticeSend').set(set).where('id', '=', due.id).execute()
    return 'decided'
  }
  const attempt = due.attempts + 1
  const isLinked = channel === 'email' && !(kind as NoticeKind).isMandatory
  const { sha256, text } = newSecret(due.id)
  const template = await findTemplate(db, due)
  await db
    .updateTable('noticeSend')
    .set({
      ...{ state: 'sending', owner, attempts: attempt, retryAt: null, address: due.address, language: due.language },
      ...{ templateId: template?.id ?? null, linkSha256: isLinked ? sha256 : null },
    })
    .where('id', '=', due.id)
    .execute()
  const began = { sendId: due.id, number: attempt, customerId: due.customerId, beganAt: new Date(realMs) }
  await db.insertInto('noticeAttempt').values(began).execute()
  const unsubscribeUrl = isLinked ? unsubscribeUrlOf(settings.linkAddress ?? publicUrl, tenant.name, text) : null
  const names = { customer: due.name, account: due.account, seller: due.seller }
  const job = { kind: due.kind, channel, language: due.language, template, values: { ...names, ...due.data } }
  return {
    due,
    kind: kind as NoticeKind,
    address: due.address as string,
    attempt,
    job: { ...job, zone: due.zone, unsubscribeUrl },
  }
}

/** Writes a message out and gives it to its channel. */
async function hand(
  { tenant, opened }: SendContext,
  { due, address, job }: Begun,
): Promise<{ readonly answer: SendAnswer; readonly rendered: RenderedNotice | null }> {
  let rendered: RenderedNotice
  try {
    rendered = await renderNotice(tenant.name, job)
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

/** In code points, as channels count characters. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

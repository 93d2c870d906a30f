import { sql } from 'kysely'
import { findKind } from '../../core/notifications/kinds.ts'
import { anyOf, type Database, type DatabaseTransaction, schemaOf } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { keysOf } from '../parties/index.ts'
import type { Notice, NoticeAttempt, NoticeSend } from './notice.ts'

/** Messages of one notice, and attempts of one message, that are shown. */
const [MOST_SENDS, MOST_ATTEMPTS] = [500, 2_000]

async function findNotice(db: Database, id: string): Promise<Notice> {
  const found = await db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`notice ${id}`, '/v1/notices', 'notice list')
  return found as unknown as Notice
}

/** A key is one notice of a kind: what stands there is not shown as if it were of another account. @throws Refusal `already_exists` */
export async function assertOfAccount(db: Database, id: string, accountId: string): Promise<void> {
  const { kind, key, accountId: has } = await findNotice(db, id)
  if (has !== accountId)
    throw new Refusal(
      'already_exists',
      `there is a notice ${kind} with the key ${key} of another account: take another key`,
    )
}

async function sendsOf(db: Database, noticeId: string): Promise<NoticeSend[]> {
  const query = db.selectFrom('noticeSend').selectAll().where('noticeId', '=', noticeId)
  return (await query.orderBy('personId').orderBy('step').limit(MOST_SENDS).execute()) as unknown as NoticeSend[]
}

/** As they are shown in lists. */
export async function noticeViews(db: Database, notices: readonly Notice[]): Promise<object[]> {
  const customers = await keysOf(
    db,
    'customer',
    notices.map(({ customerId }) => customerId),
  )
  const accounts = await keysOf(
    db,
    'account',
    notices.flatMap(({ accountId }) => accountId ?? []),
  )
  return notices.map(({ id, kind, key, customerId, accountId, about, origin, state, reason, data, createdAt }) => ({
    ...{
      id,
      kind,
      key,
      customer: customers.get(customerId),
      account: accountId === null ? null : accounts.get(accountId),
    },
    ...{ about, origin, state, reason, createdAt },
    // A code, or a link by which a password is set, is for the person alone.
    data: findKind(kind)?.isSecret === true ? {} : data,
  }))
}

/** One with its messages and their attempts. @throws Refusal `not_found` */
export async function getNotice(db: Database, id: string): Promise<object> {
  const notice = await findNotice(db, id)
  const sends = await sendsOf(db, id)
  const attempts = db
    .selectFrom('noticeAttempt')
    .selectAll()
    .where('sendId', '=', anyOf(sends.map((send) => send.id)))
  const found = (await attempts.orderBy('number').limit(MOST_ATTEMPTS).execute()) as unknown as NoticeAttempt[]
  const bySend = Map.groupBy(found, ({ sendId }) => sendId)
  const people = db
    .selectFrom('contact')
    .select(['id', 'key'])
    .where('id', '=', anyOf(sends.map((send) => send.personId)))
  const contacts = new Map((await people.execute()).map((contact) => [contact.id, contact.key]))
  const [shown] = await noticeViews(db, [notice])
  return { ...shown, messages: sends.map((send) => messageView(send, contacts, bySend.get(send.id) ?? [])) }
}

function messageView(
  send: NoticeSend,
  contacts: ReadonlyMap<string, string>,
  attempts: readonly NoticeAttempt[],
): object {
  const { id, channel, step, state, reason, said, dueAt, address, language, templateId, subject, text } = send
  const { cost, costCurrency, sentAt, endedAt, readAt } = send
  return {
    ...{
      id,
      contact: contacts.get(send.personId) ?? null,
      channel,
      step,
      state,
      reason,
      said,
      dueAt,
      address,
      language,
    },
    ...{ template: templateId, subject, text, sentAt, endedAt, readAt },
    cost: cost === null ? null : { amount: cost, currency: costCurrency },
    attempts: attempts.map(({ number, beganAt, endedAt: ended, outcome, reason: why, said: words }) => ({
      ...{ number, beganAt, endedAt: ended, outcome, reason: why, said: words },
    })),
  }
}

/**
 * Has those messages sent once more that failed or are unknown: of each person the first way, and those after it stand by for what becomes of it.
 * @throws Refusal `conflict` where there is none
 */
export async function sendAgain(db: DatabaseTransaction, id: string, nowMs: number): Promise<Notice> {
  const notice = await findNotice(db, id)
  const { numUpdatedRows } = await db
    .updateTable('noticeSend')
    .set({
      state: sql<NoticeSend['state']>`case when exists (
        select from ${sql.id(schemaOf(db), 'notice_send')} b where b.notice_id = notice_send.notice_id and b.person_id = notice_send.person_id
        and b.step = notice_send.step - 1 and b.state in ('failed', 'unknown')) then 'stand_by' else 'waiting' end`,
      reason: null,
      said: null,
      dueAt: new Date(nowMs),
      retryAt: null,
      sentAt: null,
      endedAt: null,
    })
    .where('noticeId', '=', id)
    .where('state', 'in', ['failed', 'unknown'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new Refusal('conflict', `no message of the notice has failed or is unknown: GET /v1/notices/${id} shows them`)
  return notice
}

import { sql } from 'kysely'
import { type ChainStep, stepBy } from '../../core/notifications/channels.ts'
import { chooseRecipients, type Suppression } from '../../core/notifications/decide-send.ts'
import { findKind, type NoticeKind } from '../../core/notifications/kinds.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database, type DatabaseTransaction, inSchema, inTransaction, schemaOf } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Contact, contactsOf } from './contact-store.ts'
import type { Notice } from './notice.ts'
import { dropSecrets } from './notice-secrets.ts'
import { chainOf, hasInbox, type NoticeSettings, noticeTerms } from './notice-settings.ts'

/** Notices that one transaction plans. */
const BATCH = 200
const HOUR_MS = 3_600_000
const PRIORITIES = { urgent: 0, normal: 1, low: 2 } as const

const SEND_COLUMNS = {
  id: 'uuid',
  noticeId: 'uuid',
  kind: 'text',
  customerId: 'uuid',
  personId: 'uuid',
  channel: 'text',
  step: 'integer',
  condition: 'text',
  afterMinutes: 'integer',
  priority: 'integer',
  state: 'text',
  dueAt: 'timestamptz',
  attempts: 'integer',
  createdAt: 'timestamptz',
} as const

/**
 * Decides of notices that were asked for who is told, and by what one after another. Whether each message goes is decided when it is about to
 * (`send-batch.ts`): until then somebody may unsubscribe. @returns whether there may be more
 */
export async function planNotices(root: Database, tenant: Tenant, nowMs: number): Promise<boolean> {
  return inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    // One at a time plans for a tenant, in the order in which it was asked: of the same asked for twice the second one sees the first.
    if (!(await isOnlyPlanner(db))) return false
    const fresh = db.selectFrom('notice').selectAll().where('state', '=', 'new').orderBy('id').limit(BATCH)
    const notices = (await fresh.forUpdate().execute()) as unknown as Notice[]
    if (notices.length === 0) return false
    const settings = await noticeTerms(db)
    const customerIds = [...new Set(notices.map(({ customerId }) => customerId))]
    const contacts = Map.groupBy(await contactsOf(db, customerIds), ({ customerId }) => customerId)
    const erased = new Set(await erasedAmong(db, customerIds))
    const duplicates = await duplicatesAmong(db, notices)
    const reasons = new Map<Suppression, string[]>()
    const sends: object[] = []
    const planned: Notice[] = []
    for (const notice of notices) {
      const kind = findKind(notice.kind)
      const reason =
        kind === undefined
          ? 'kind_off'
          : erased.has(notice.customerId)
            ? 'erased'
            : (reasonAgainst(settings, kind, notice) ?? duplicateReason(kind, notice, duplicates, planned))
      const own =
        reason === null
          ? sendsOf(settings, kind as NoticeKind, notice, contacts.get(notice.customerId) ?? [], nowMs)
          : []
      if (own.length > 0) {
        sends.push(...own)
        planned.push(notice)
      } else reasons.set(reason ?? 'no_channel', [...(reasons.get(reason ?? 'no_channel') ?? []), notice.id])
    }
    await insertRows(db, { table: 'noticeSend', columns: SEND_COLUMNS, rows: sends })
    const ids = planned.map(({ id }) => id)
    await db.updateTable('notice').set({ state: 'planned' }).where('id', '=', anyOf(ids)).execute()
    await dropSecrets(db, [...reasons.values()].flat())
    for (const [reason, those] of reasons)
      await db.updateTable('notice').set({ state: 'suppressed', reason }).where('id', '=', anyOf(those)).execute()
    return notices.length === BATCH
  })
}

async function isOnlyPlanner(db: DatabaseTransaction): Promise<boolean> {
  const name = `${schemaOf(db)} notices are planned`
  const { rows } = await sql<{
    isMine: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as is_mine`.execute(db)
  return rows[0]?.isMine === true
}

/** The messages of a notice: the first way of each person waits, the others stand by. */
function sendsOf(
  settings: NoticeSettings,
  kind: NoticeKind,
  notice: Notice,
  contacts: readonly Contact[],
  nowMs: number,
): object[] {
  const chain = notice.onlyChannel === null ? chainOf(settings, kind) : [stepBy(notice.onlyChannel)]
  const entry = notice.onlyChannel === null && hasInbox(settings, kind) ? [stepBy('inbox')] : []
  const people = notice.onlyTo === null ? chooseRecipients(kind, contacts, null) : [null]
  return people.flatMap((person) => {
    const row = ({ channel, when, afterMinutes }: ChainStep, step: number): object => ({
      ...{ id: newId(), noticeId: notice.id, kind: kind.name, customerId: notice.customerId },
      ...{ personId: person?.id ?? notice.customerId, channel, step, condition: when, afterMinutes },
      ...{ priority: PRIORITIES[kind.priority], state: step === 0 || channel === 'inbox' ? 'waiting' : 'stand_by' },
      ...{ dueAt: new Date(nowMs), attempts: 0, createdAt: new Date(nowMs) },
    })
    const steps = chain.map(row)
    // The entry is no way of the chain: a place after it that nothing leads to.
    return [...steps, ...entry.map((one) => row(one, chain.length + 1))]
  })
}

/** Why nobody is told at all; null where somebody may be. */
function reasonAgainst(settings: NoticeSettings, kind: NoticeKind, { origin }: Notice): Suppression | null {
  if (origin === 'trial') return null
  if (!settings.on) return 'notices_off'
  return settings.kinds[kind.name]?.on === false ? 'kind_off' : null
}

/** Whether the same was planned about the same thing within the hours of its kind: before, or just now. */
function duplicateReason(
  { dedupeHours }: NoticeKind,
  notice: Notice,
  before: ReadonlySet<string>,
  now: readonly Notice[],
): Suppression | null {
  if (dedupeHours === 0 || notice.origin === 'trial') return null
  const { kind, customerId, about, createdAt } = notice
  const since = createdAt.getTime() - dedupeHours * HOUR_MS
  const isThere = (one: Notice): boolean =>
    one.kind === kind && one.customerId === customerId && one.about === about && one.createdAt.getTime() > since
  return before.has(notice.id) || now.some(isThere) ? 'duplicate' : null
}

/** Of notices those of which the same was planned before, by one statement. */
async function duplicatesAmong(db: Database, notices: readonly Notice[]): Promise<ReadonlySet<string>> {
  const meant = notices.flatMap(({ id, kind }) => {
    const hours = findKind(kind)?.dedupeHours ?? 0
    return hours === 0 ? [] : [{ id, hours }]
  })
  if (meant.length === 0) return new Set()
  const table = sql.id(schemaOf(db), 'notice')
  const { rows } = await sql<{ id: string }>`
    select n.id from json_to_recordset(${JSON.stringify(meant)}::json) as meant(id uuid, hours integer) join ${table} n on n.id = meant.id
    where exists (select from ${table} b where b.customer_id = n.customer_id and b.kind = n.kind and b.about is not distinct from n.about
      and b.created_at > n.created_at - make_interval(hours => meant.hours) and b.id < n.id and b.state = 'planned')`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

async function erasedAmong(db: Database, customerIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('customer').select('id').where('id', '=', anyOf(customerIds))
  return (await query.where('erasedAt', 'is not', null).execute()).map(({ id }) => id)
}

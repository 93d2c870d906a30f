import { type ChainStep, stepBy } from '../../core/notifications/channels.ts'
import { chooseRecipients, type Suppression } from '../../core/notifications/decide-send.ts'
import { findKind, type NoticeKind } from '../../core/notifications/kinds.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Contact, contactsOf } from './contact-store.ts'
import type { Notice } from './notice.ts'
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
 * (`send-next.ts`): until then somebody may unsubscribe. @returns whether there may be more
 */
export async function planNotices(root: Database, tenant: Tenant, nowMs: number): Promise<boolean> {
  return inTransaction(root, async (trx) => {
    const db = inSchema(trx, tenant.schema)
    const fresh = db.selectFrom('notice').selectAll().where('state', '=', 'new').orderBy('id').limit(BATCH)
    const notices = (await fresh.forUpdate().skipLocked().execute()) as unknown as Notice[]
    if (notices.length === 0) return false
    const settings = await noticeTerms(db)
    const customerIds = [...new Set(notices.map(({ customerId }) => customerId))]
    const contacts = Map.groupBy(await contactsOf(db, customerIds), ({ customerId }) => customerId)
    const erased = new Set(await erasedAmong(db, customerIds))
    const reasons = new Map<Suppression, string[]>()
    const sends: object[] = []
    for (const notice of notices) {
      const kind = findKind(notice.kind)
      const reason =
        kind === undefined
          ? 'kind_off'
          : erased.has(notice.customerId)
            ? 'erased'
            : await reasonAgainst(db, settings, kind, notice)
      const own =
        reason === null
          ? sendsOf(settings, kind as NoticeKind, notice, contacts.get(notice.customerId) ?? [], nowMs)
          : []
      if (own.length > 0) {
        sends.push(...own)
        await db.updateTable('notice').set({ state: 'planned' }).where('id', '=', notice.id).execute()
      } else reasons.set(reason ?? 'no_channel', [...(reasons.get(reason ?? 'no_channel') ?? []), notice.id])
    }
    await insertRows(db, { table: 'noticeSend', columns: SEND_COLUMNS, rows: sends })
    for (const [reason, ids] of reasons)
      await db.updateTable('notice').set({ state: 'suppressed', reason }).where('id', '=', anyOf(ids)).execute()
    return notices.length === BATCH
  })
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
async function reasonAgainst(
  db: Database,
  settings: NoticeSettings,
  kind: NoticeKind,
  notice: Notice,
): Promise<Suppression | null> {
  if (notice.origin === 'trial') return null
  if (!settings.on) return 'notices_off'
  if (settings.kinds[kind.name]?.on === false) return 'kind_off'
  if (kind.dedupeHours === 0) return null
  const { customerId, about, createdAt, id } = notice
  const same = db
    .selectFrom('notice')
    .select('id')
    .where('customerId', '=', customerId)
    .where('kind', '=', kind.name)
    .where('createdAt', '>', new Date(createdAt.getTime() - kind.dedupeHours * HOUR_MS))
    .where('id', '<', id)
    .where('state', '=', 'planned')
  const found = await same
    .where('about', about === null ? 'is' : '=', about)
    .limit(1)
    .executeTakeFirst()
  return found === undefined ? null : 'duplicate'
}

async function erasedAmong(db: Database, customerIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('customer').select('id').where('id', '=', anyOf(customerIds))
  return (await query.where('erasedAt', 'is not', null).execute()).map(({ id }) => id)
}

import { sql } from 'kysely'
import type { NoticeChannel } from '../../core/notifications/channels.ts'
import type { StepOutcome } from '../../core/notifications/decide-send.ts'
import type { NoticeValue } from '../../core/notifications/kinds.ts'
import type { Preference } from '../../core/notifications/preferences.ts'
import type { Language } from '../../core/words/languages.ts'
import { anyOf, type DatabaseTransaction, schemaOf } from '../../platform/db.ts'
import type { NoticeSend } from './notice.ts'

/** More of a person within a day are not looked at. */
const MOST_RECENT = 1_000

/** A message that is due, with all that decides whether it goes and what it says. */
export interface DueSend
  extends Pick<
    NoticeSend,
    'id' | 'noticeId' | 'kind' | 'customerId' | 'personId' | 'channel' | 'step' | 'condition' | 'attempts'
  > {
  readonly data: Readonly<Record<string, NoticeValue>>
  /** What it says that is for its person alone; null where there is nothing, or nothing any more. */
  readonly secretKeyId: string | null
  readonly secret: Buffer | null
  readonly accountId: string | null
  readonly origin: string
  readonly askedAt: Date
  readonly address: string | null
  readonly isAddressFailing: boolean
  readonly preferences: readonly Preference[]
  readonly sentMs: readonly number[]
  /** Whether a further way stands by for what becomes of this one. */
  readonly hasNext: boolean
  /** What is known of the way before; null of the first one. */
  readonly before: StepOutcome['state'] | 'stand_by' | 'waiting' | 'sending' | null
  readonly name: string
  readonly language: Language
  readonly zone: string
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly account: string | null
  readonly seller: string | null
  readonly brand: string | null
}

/** When the clocks stand: that of the tenant, by which messages are due, and the real one, by which they are tried again. */
export interface Clocks {
  readonly nowMs: number
  readonly realMs: number
}

/**
 * Takes the next messages of a channel that are due; nobody else has them until the transaction ends.
 * @param most one at a time of a person with a limit, so that each is decided with what the one before has begun
 * @returns them in the order in which they go, and how many are due of so many
 */
export async function lockDue(
  db: DatabaseTransaction,
  channel: NoticeChannel,
  { nowMs, realMs }: Clocks,
  { most, isLimited }: { readonly most: number; readonly isLimited: boolean },
): Promise<{ readonly due: readonly DueSend[]; readonly seen: number }> {
  const table = (name: string) => sql.id(schemaOf(db), name)
  const next = await sql<{ id: string; personId: string }>`
    select id, person_id from ${table('notice_send')}
    where channel = ${channel} and state = 'waiting' and due_at <= ${new Date(nowMs)} and (retry_at is null or retry_at <= ${new Date(realMs)})
    order by priority, due_at, id limit ${most} for update skip locked`.execute(db)
  const seen = next.rows.length
  if (seen === 0) return { due: [], seen }
  const people = new Set<string>()
  const taken = next.rows.filter(({ personId }) => !isLimited || (!people.has(personId) && people.add(personId)))
  // Of one person one after another: who decides sees what others have begun, and a limit of a day holds. In one order, so that nobody waits for each other.
  const turns = [...new Set(taken.map(({ personId }) => `${schemaOf(db)} notices to ${personId} by ${channel}`))]
  await sql`select pg_advisory_xact_lock(turn) from (
    select hashtextextended(name, 0) as turn from unnest(${turns}::text[]) as name order by 1 offset 0) turns`.execute(
    db,
  )
  const { rows } = await sql<DueSend>`
    select s.id, s.notice_id, s.kind, s.customer_id, s.person_id, s.channel, s.step, s.condition, s.attempts,
      n.data, hidden.key_id as secret_key_id, hidden.ciphertext as secret, n.account_id, n.origin, n.created_at as asked_at, target.address,
      exists (select from ${table('notice_address')} f where f.customer_id = s.customer_id and f.channel = s.channel and f.address = target.address) as is_address_failing,
      (select coalesce(json_agg(json_build_object('kind', said.kind, 'channel', said.channel, 'isWanted', said.is_wanted)), '[]') from (
        select distinct on (p.kind, p.channel) p.kind, p.channel, p.is_wanted from ${table('notice_preference')} p
        where p.person_id = s.person_id order by p.kind, p.channel, p.id desc) said where said.is_wanted is not null) as preferences,
      (select coalesce(json_agg(floor(extract(epoch from recent.sent_at) * 1000)), '[]') from (
        (select r.sent_at from ${table('notice_send')} r where r.person_id = s.person_id and r.channel = s.channel
        and r.sent_at > ${new Date(nowMs - 86_400_000)} order by r.sent_at desc limit ${MOST_RECENT})
        union all select ${new Date(nowMs)}::timestamptz from ${table('notice_send')} u
        where u.state = 'sending' and u.person_id = s.person_id and u.channel = s.channel) recent) as sent_ms,
      (select case when b.read_at is not null then 'read' else b.state end from ${table('notice_send')} b
        where b.notice_id = s.notice_id and b.person_id = s.person_id and b.step = s.step - 1) as before,
      exists (select from ${table('notice_send')} b
        where b.notice_id = s.notice_id and b.person_id = s.person_id and b.step = s.step + 1) as has_next,
      coalesce(p.name, c.name) as name, coalesce(p.language, c.language) as language, coalesce(p.zone, a.zone, 'UTC') as zone,
      p.quiet_from, p.quiet_until, a.key as account, i.name as seller, coalesce(a.brand, i.brand) as brand
    from ${table('notice_send')} s
    join ${table('notice')} n on n.id = s.notice_id
    join ${table('customer')} c on c.id = s.customer_id
    left join ${table('notice_secret')} hidden on hidden.notice_id = s.notice_id
    left join ${table('contact')} p on p.id = s.person_id
    left join ${table('account')} a on a.id = n.account_id
    left join ${table('issuer')} i on i.id = a.issuer_id
    cross join lateral (select case
      when n.only_to is not null then n.only_to
      when c.erased_at is not null or p.removed_at is not null then null
      when s.channel = 'inbox' then 'inbox'
      when p.id is null then case when s.channel = 'email' then c.email end
      when s.channel = 'email' then p.email
      when s.channel in ('sms', 'voice') then p.phone
      else p.addresses ->> s.channel end as address) target
    where s.id = ${anyOf(taken.map(({ id }) => id))}`.execute(db)
  const found = new Map(rows.map((row) => [row.id, row]))
  return { due: taken.flatMap(({ id }) => found.get(id) ?? []), seen }
}

import { sql } from 'kysely'
import type { ServiceState } from '../../core/charging/service-blocks.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import type { EnforcementOutcome, WishedState } from './ports.ts'

export const ENFORCEMENT_STATES = ['waiting', 'told', 'failed'] as const

/** What a target is to be told of a service. Times are of the real clock. */
export interface Enforcement {
  readonly id: string
  readonly targetId: string
  readonly serviceId: string
  readonly accountId: string
  readonly wishedVersion: number
  readonly toldVersion: number | null
  readonly state: (typeof ENFORCEMENT_STATES)[number]
  readonly dueAt: Date
  readonly attempts: number
  readonly words: string | null
  readonly attemptedAt: Date | null
  readonly toldAt: Date | null
}

/** Which services a target is to be told of anew. */
interface Meant {
  /** Null is every target that is on. */
  readonly targetId: string | null
  /** Null is every service that is not open. */
  readonly serviceIds: readonly string[] | null
}

/**
 * Has targets told of the newest states of services, in the transaction of the reason: what was to be told before and was not is told no more, and what
 * was given up is tried anew. @returns how many
 */
export async function wish(db: Database, { targetId, serviceIds }: Meant, realMs: number): Promise<number> {
  const schema = schemaOf(db)
  const now = new Date(realMs).toISOString()
  const services = serviceIds === null ? sql`state.state <> 'open'` : sql`state.service_id = ${anyOf(serviceIds)}`
  const { numAffectedRows = 0n } = await sql`
    insert into ${sql.id(schema, 'enforcement')} as told
      (id, target_id, service_id, account_id, wished_version, state, due_at, created_at)
    select gen_random_uuid(), target.id, state.service_id, state.account_id, state.version, 'waiting', ${now}::timestamptz, ${now}::timestamptz
    from ${sql.id(schema, 'service_state')} as state, ${sql.id(schema, 'enforcement_target')} as target
    where target.is_on and (${targetId}::uuid is null or target.id = ${targetId}::uuid) and ${services}
    on conflict (target_id, service_id) do update
      set wished_version = excluded.wished_version, state = 'waiting', due_at = excluded.due_at, attempts = 0`.execute(
    db,
  )
  return Number(numAffectedRows)
}

/** Has a target told again of what restricts services and was told before a time. */
export async function wishAgain(
  db: Database,
  targetId: string,
  before: Date,
  most: number,
  realMs: number,
): Promise<void> {
  const schema = schemaOf(db)
  await sql`update ${sql.id(schema, 'enforcement')} set state = 'waiting', due_at = ${new Date(realMs)}, attempts = 0
    where id in (select told.id from ${sql.id(schema, 'enforcement')} as told
      join ${sql.id(schema, 'service_state')} as state using (service_id)
      where told.target_id = ${targetId}::uuid and told.state = 'told' and told.told_at < ${before} and state.state <> 'open'
      order by told.told_at limit ${most})`.execute(db)
}

/** Targets with something that is due. */
export async function targetsDue(db: Database, realMs: number): Promise<string[]> {
  const schema = schemaOf(db)
  const now = new Date(realMs)
  const { rows } = await sql<{ id: string }>`
    select target.id from ${sql.id(schema, 'enforcement_target')} as target
    where target.is_on and (target.rest_until is null or target.rest_until <= ${now}) and exists (
      select from ${sql.id(schema, 'enforcement')} as told
      where told.target_id = target.id and told.state = 'waiting' and told.due_at <= ${now}
        and (told.claimed_until is null or told.claimed_until < ${now}))`.execute(db)
  return rows.map(({ id }) => id)
}

/** What is taken of a target, with what it is to be told by now. */
export interface TakenEnforcement extends Enforcement {
  readonly wished: WishedState
}

interface TakenRow
  extends Enforcement,
    Pick<WishedState, 'service' | 'version' | 'barred' | 'kbps' | 'reasons' | 'changedAt'> {
  readonly serviceState: ServiceState['state']
}

/** Takes what is due of a target, the oldest first: nobody else tells it of these services meanwhile, so that each is told in order. */
export async function takeDue(
  db: Database,
  targetId: string,
  most: number,
  { owner, realMs, claimMs }: { readonly owner: string; readonly realMs: number; readonly claimMs: number },
): Promise<TakenEnforcement[]> {
  const schema = schemaOf(db)
  const [now, until] = [new Date(realMs), new Date(realMs + claimMs)]
  const { rows } = await sql<TakenRow>`
    update ${sql.id(schema, 'enforcement')} as told set claimed_by = ${owner}, claimed_until = ${until}
    from ${sql.id(schema, 'service_state')} as state, ${sql.id(schema, 'service')} as service
    where state.service_id = told.service_id and service.id = told.service_id and told.id in (
      select own.id from ${sql.id(schema, 'enforcement')} as own
      where own.target_id = ${targetId}::uuid and own.state = 'waiting' and own.due_at <= ${now}
        and (own.claimed_until is null or own.claimed_until < ${now})
      order by own.due_at, own.id limit ${most} for update skip locked)
    returning told.*, service.key as service, state.version, state.state as service_state, state.barred, state.kbps, state.reasons,
      state.changed_at`.execute(db)
  return rows.map(({ service, version, barred, kbps, reasons, changedAt, serviceState: state, ...row }) => {
    const { serviceId, accountId } = row
    return { ...row, wished: { serviceId, service, accountId, version, state, barred, kbps, reasons, changedAt } }
  })
}

/** What came of an attempt. What is wished by now may be newer than what was told: then it stays to be told. */
export async function noteAttempt(
  db: Database,
  { id, wished }: TakenEnforcement,
  { outcome, words }: EnforcementOutcome,
  { realMs, dueAt }: { readonly realMs: number /** Null where it is given up. */; readonly dueAt: Date | null },
): Promise<void> {
  const now = new Date(realMs)
  const isNewer = sql<boolean>`wished_version > ${wished.version}`
  const after = outcome === 'enforced' ? 'told' : dueAt === null ? 'failed' : 'waiting'
  const told = outcome === 'enforced' ? { toldVersion: wished.version, toldAt: now } : {}
  await db
    .updateTable('enforcement')
    .set({
      ...{ claimedBy: null, claimedUntil: null, words, attemptedAt: now, ...told },
      state: sql`case when ${isNewer} then 'waiting' else ${after} end`,
      attempts: sql`case when ${isNewer} then 0 else attempts + 1 end`,
      dueAt: sql`case when ${isNewer} then ${now}::timestamptz else ${dueAt ?? now}::timestamptz end`,
    })
    .where('id', '=', id)
    .execute()
}

/** Lets others tell what processes were telling that are no more. */
export async function releaseOf(db: Database, isGone: (owner: string) => boolean): Promise<void> {
  const rows = await db
    .selectFrom('enforcement')
    .select('claimedBy')
    .distinct()
    .where('claimedBy', 'is not', null)
    .execute()
  const gone = rows.flatMap(({ claimedBy }) => (claimedBy !== null && isGone(claimedBy) ? [claimedBy] : []))
  if (gone.length === 0) return
  const set = { claimedBy: null, claimedUntil: null }
  await db.updateTable('enforcement').set(set).where('claimedBy', '=', anyOf(gone, 'text')).execute()
}

import { sql } from 'kysely'
import {
  type Block,
  type BlockReason,
  type BlockScope,
  DUNNING_REASONS,
  type ServiceState,
} from '../../core/charging/service-blocks.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import { notFound } from '../../platform/problems.ts'

/** A block as it is kept. */
export interface ServiceBlock {
  readonly id: string
  readonly key: string
  readonly accountId: string
  /** Null is every service of the account. */
  readonly serviceId: string | null
  readonly reason: BlockReason
  readonly scope: BlockScope
  readonly kbps: number | null
  readonly note: string | null
  readonly fromAt: Date
  readonly untilAt: Date | null
  readonly placedBy: string
  readonly placedByPerson: string
  readonly placedAt: Date
  readonly liftedBy: string | null
  readonly liftedAt: Date | null
  readonly liftNote: string | null
  /** When its services are looked at next, because it begins or ends; null where that is over. */
  readonly lookAt: Date | null
}

/** A service as far as its state is asked for. */
export interface BlockableService {
  readonly id: string
  readonly key: string
  readonly accountId: string
}

/** The state of a service as it was told last. */
export interface ToldState extends ServiceState {
  readonly serviceId: string
  readonly accountId: string
  readonly version: number
  readonly changedAt: Date
}

export function blockOf({ reason, scope, kbps, fromAt, untilAt, liftedAt }: ServiceBlock): Block {
  const [untilMs, liftedMs] = [untilAt?.getTime() ?? null, liftedAt?.getTime() ?? null]
  return { reason, scope, kbps, fromMs: fromAt.getTime(), untilMs, liftedMs }
}

export async function insertBlock(db: Database, block: ServiceBlock): Promise<void> {
  await db.insertInto('serviceBlock').values(block).execute()
}

export async function findBlock(db: Database, key: string): Promise<ServiceBlock | undefined> {
  const query = db.selectFrom('serviceBlock').selectAll().where('key', '=', key)
  return (await query.executeTakeFirst()) as ServiceBlock | undefined
}

/** @throws Refusal `not_found` */
export async function getBlock(db: Database, id: string): Promise<ServiceBlock> {
  const found = await db.selectFrom('serviceBlock').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`block ${id}`, '/v1/blocks', 'block list')
  return found as ServiceBlock
}

/** Blocks of accounts that nobody has lifted, whether they have begun or ended. */
export async function unliftedBlocks(db: Database, accountIds: readonly string[]): Promise<ServiceBlock[]> {
  const query = db.selectFrom('serviceBlock').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.where('liftedAt', 'is', null).orderBy('id').execute()) as ServiceBlock[]
}

/** All blocks that are, or were, about a service. */
export async function blocksOfService(db: Database, { id, accountId }: BlockableService): Promise<ServiceBlock[]> {
  const query = db.selectFrom('serviceBlock').selectAll().where('accountId', '=', accountId)
  const mine = query.where((on) => on.or([on('serviceId', 'is', null), on('serviceId', '=', id)]))
  return (await mine.orderBy('id').execute()) as ServiceBlock[]
}

/** Lifts blocks that are not lifted yet. @returns them as they are by then */
export async function liftBlocks(
  db: Database,
  ids: readonly string[],
  { by, note, nowMs }: { readonly by: string; readonly note: string | null; readonly nowMs: number },
): Promise<ServiceBlock[]> {
  const set = { liftedBy: by, liftedAt: new Date(nowMs), liftNote: note, lookAt: null }
  const query = db.updateTable('serviceBlock').set(set).where('id', '=', anyOf(ids)).where('liftedAt', 'is', null)
  return (await query.returningAll().execute()) as unknown as ServiceBlock[]
}

/** Blocks that have begun or ended since they were looked at, in the order of time. */
/** Whether there is anything to look at of a tenant: most of the time there is nothing, and this one statement says so. @param root in no schema */
export async function isAnythingDue(root: Database, schema: string, nowMs: number): Promise<boolean> {
  const table = (name: string) => sql.id(schema, name)
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from ${table('service_block_unread')}) or exists (select from ${table('enforcement_target')} where is_on)
      or exists (select from ${table('service_block')} where look_at <= ${new Date(nowMs)}) as due`.execute(root)
  return rows[0]?.due === true
}

export async function blocksDue(db: Database, nowMs: number, limit: number): Promise<ServiceBlock[]> {
  const query = db.selectFrom('serviceBlock').selectAll().where('lookAt', '<=', new Date(nowMs))
  return (await query.orderBy('lookAt').orderBy('id').limit(limit).execute()) as ServiceBlock[]
}

/** When a block changes something next: at its beginning, then at its end. */
export function nextLook(block: Pick<ServiceBlock, 'fromAt' | 'untilAt'>, nowMs: number): Date | null {
  return [block.fromAt, block.untilAt].find((at) => at !== null && at.getTime() > nowMs) ?? null
}

/** @returns whether it was to be looked at then */
export async function noteLooked(db: Database, block: ServiceBlock, next: Date | null): Promise<boolean> {
  const query = db.updateTable('serviceBlock').set({ lookAt: next }).where('id', '=', block.id)
  const { numUpdatedRows } = await query.where('lookAt', '=', block.lookAt).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Services of an account that have not ended, a page in the order of their ids. */
export async function listServices(
  db: Database,
  accountId: string,
  { serviceId, after, limit, nowMs }: { serviceId: string | null; after: string | null; limit: number; nowMs: number },
): Promise<BlockableService[]> {
  let query = db.selectFrom('service').select(['id', 'key', 'accountId']).where('accountId', '=', accountId)
  query = query.where((on) => on.or([on('validUntil', 'is', null), on('validUntil', '>', new Date(nowMs))]))
  if (serviceId !== null) query = query.where('id', '=', serviceId)
  if (after !== null) query = query.where('id', '>', after)
  return query.orderBy('id').limit(limit).execute()
}

export async function toldStates(db: Database, serviceIds: readonly string[]): Promise<Map<string, ToldState>> {
  const query = db.selectFrom('serviceState').selectAll().where('serviceId', '=', anyOf(serviceIds))
  const rows = (await query.execute()) as unknown as ToldState[]
  return new Map(rows.map((row) => [row.serviceId, row]))
}

const STATE_COLUMNS = {
  ...{ serviceId: 'uuid', accountId: 'uuid', version: 'integer', state: 'text', barred: 'jsonb', kbps: 'integer' },
  ...{ reasons: 'jsonb', changedAt: 'timestamptz' },
}

/** Puts states in place of those that were told before. */
export async function putStates(db: Database, states: readonly ToldState[]): Promise<void> {
  const ids = states.map(({ serviceId }) => serviceId)
  await db.deleteFrom('serviceState').where('serviceId', '=', anyOf(ids)).execute()
  const rows = states.map(({ serviceId, accountId, version, state, barred, kbps, reasons, changedAt }) => ({
    ...{ serviceId, accountId, version, state, barred, kbps, reasons, changedAt },
  }))
  await insertRows(db, { table: 'serviceState', columns: STATE_COLUMNS, rows })
}

/** Notes that services are open which were never told of otherwise. */
export async function putOpenStates(db: Database, services: readonly BlockableService[], nowMs: number): Promise<void> {
  if (services.length === 0) return
  const open = {
    version: 1,
    state: 'open' as const,
    barred: '[]',
    kbps: null,
    reasons: '[]',
    changedAt: new Date(nowMs),
  }
  const rows = services.map(({ id: serviceId, accountId }) => ({ serviceId, accountId, ...open }))
  await db
    .insertInto('serviceState')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
}

/** Has the process that charges read the blocks of accounts anew, in the transaction that changes them. */
export async function markUnread(db: Database, accountIds: readonly string[]): Promise<void> {
  const rows = accountIds.map((accountId) => ({ accountId, mark: newId() }))
  await db
    .insertInto('serviceBlockUnread')
    .values(rows)
    .onConflict((on) => on.column('accountId').doUpdateSet({ mark: (eb) => eb.ref('excluded.mark') }))
    .execute()
}

/** The same of all accounts whose blocks may matter, as when types of usage are of another kind. */
export async function markAllUnread(db: Database): Promise<void> {
  const schema = schemaOf(db)
  await sql`insert into ${sql.id(schema, 'service_block_unread')} (account_id, mark)
    select distinct account_id, gen_random_uuid() from (select distinct account_id from ${sql.id(schema, 'service_block')} where lifted_at is null) as blocked
    on conflict (account_id) do update set mark = excluded.mark`.execute(db)
}

export interface Unread {
  readonly accountId: string
  readonly mark: string
}

export async function listUnread(db: Database, limit: number): Promise<Unread[]> {
  return db.selectFrom('serviceBlockUnread').select(['accountId', 'mark']).orderBy('mark').limit(limit).execute()
}

/** Those that were marked once more meanwhile stay. */
export async function forgetUnread(db: Database, marks: readonly string[]): Promise<void> {
  await db.deleteFrom('serviceBlockUnread').where('mark', '=', anyOf(marks)).execute()
}

/** Of some accounts those that have a block of dunning that nobody has lifted. */
export async function dunnedAmong(db: Database, accountIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('serviceBlock').select('accountId').distinct().where('accountId', '=', anyOf(accountIds))
  const rows = await query.where('reason', 'in', DUNNING_REASONS).where('liftedAt', 'is', null).execute()
  return rows.map(({ accountId }) => accountId)
}

import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { ChangeContent } from '../../core/subscriptions/timeline.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { anyOf, byName, type Database } from '../../platform/db.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Kind } from './schemas.ts'

interface Row {
  readonly id: string
  readonly key: string
  readonly metadata: Metadata
  readonly createdAt: Date
  readonly updatedAt: Date
}
interface Issuer extends Row {
  readonly name: string
  readonly address: string
  readonly taxId: string | null
  readonly bankDetails: string | null
  readonly invoiceSeries: string
  readonly creditNoteSeries: string
}
interface Customer extends Row {
  readonly name: string
  readonly email: string | null
  readonly address: string | null
  readonly taxId: string | null
  readonly language: 'en' | 'uk' | 'ru'
}
export interface Account extends Row {
  readonly customerId: string
  readonly issuerId: string
  readonly currency: string
  readonly zone: string
  readonly cycleUnit: 'day' | 'week' | 'month' | 'year'
  readonly cycleCount: number
  readonly cycleAnchor: string
  readonly termsDays: number
  readonly billedUntil: string | null
  readonly creditLimitMinor: string | null
  readonly sponsorAccountId: string | null
  readonly sponsorCaps: Readonly<Record<string, string>>
  readonly thresholds: readonly object[]
  /** Unbilled usage from which on an interim invoice is issued; null never. */
  readonly progressiveThresholdMinor: string | null
  readonly progressiveRepeats: boolean
}
export interface Service extends Row {
  readonly accountId: string
  readonly validFrom: Date
  readonly validUntil: Date | null
}
export interface Subscription extends Row {
  readonly accountId: string
  readonly serviceId: string | null
  /** What it began with; its changes say what followed. */
  readonly planVersionId: string
  readonly quantity: number
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly alignment: 'calendar' | 'anniversary'
  readonly trialDays: number | null
  readonly termUnit: 'day' | 'week' | 'month' | 'year' | null
  readonly termCount: number | null
  readonly renews: boolean
  readonly parentId: string | null
}
/** One entry in the list of changes of a subscription. */
export interface ChangeRow {
  readonly id: string
  readonly subscriptionId: string
  readonly position: number
  readonly effectiveAt: Date
  readonly kind: ChangeContent['kind']
  readonly content: {
    readonly planVersionId?: string
    readonly usage?: 'carry_over' | 'restart'
    readonly quantity?: number
    readonly terms?: number
  }
  readonly note: string | null
  readonly recordedAt: Date
  readonly withdrawnAt: Date | null
}
export interface Rows {
  issuer: Issuer
  customer: Customer
  account: Account
  service: Service
  subscription: Subscription
}

/** By id or by key. A service's key names the one that began last. */
export async function findRow<K extends Kind>(db: Database, kind: K, reference: string): Promise<Rows[K] | undefined> {
  const base = byName(db).selectFrom(kind).selectAll()
  const query = isUuid(reference) ? base.where('id', '=', reference) : base.where('key', '=', reference)
  return (await query.orderBy('id', 'desc').limit(1).executeTakeFirst()) as Rows[K] | undefined
}

/** Accounts by the references that name them, ids or keys; those that are not there are absent. */
export async function findAccounts(db: Database, references: ReadonlySet<string>): Promise<Map<string, Account>> {
  const { ids = [], keys = [] } = Object.groupBy(references, (reference) => (isUuid(reference) ? 'ids' : 'keys'))
  const query = db.selectFrom('account').selectAll()
  const rows = await query
    .where((eb) => eb.or([eb('id', '=', anyOf(ids)), eb('key', '=', anyOf(keys, 'text'))]))
    .execute()
  const found = new Map<string, Account>()
  for (const row of rows as Account[])
    for (const name of [row.id, row.key]) if (references.has(name)) found.set(name, row)
  return found
}

export async function getRow<K extends Kind>(db: Database, kind: K, reference: string): Promise<Rows[K]> {
  const row = await findRow(db, kind, reference)
  if (row === undefined)
    throw new Refusal(
      'not_found',
      `there is no ${kind} ${reference}; GET /v1/${kind}s (kvit ${kind} list) shows which there are`,
    )
  return row
}

/** The rows of some ids. */
export async function listByIds<K extends Kind>(db: Database, kind: K, ids: readonly string[]): Promise<Rows[K][]> {
  const query = byName(db).selectFrom(kind).selectAll().where('id', '=', anyOf(ids))
  return (await query.execute()) as Rows[K][]
}

export async function isSponsor(db: Database, accountId: string): Promise<boolean> {
  const found = db.selectFrom('account').select('id').where('sponsorAccountId', '=', accountId).limit(1)
  return (await found.executeTakeFirst()) !== undefined
}

export async function insertRow<K extends Kind>(db: Database, kind: K, row: object): Promise<Rows[K]> {
  return (await byName(db).insertInto(kind).values(row).returningAll().executeTakeFirstOrThrow()) as Rows[K]
}

export async function updateRow(db: Database, kind: Kind, id: string, set: object): Promise<void> {
  await db.updateTable(kind).set(set).where('id', '=', id).execute()
  if (kind === 'account' || kind === 'service' || kind === 'subscription') await noteChange(db, kind, id)
}

/** Makes writers of services with one key take turns. */
export async function lockServiceKey(db: Database, key: string): Promise<void> {
  await db
    .insertInto('serviceKey')
    .values({ key })
    .onConflict((on) => on.doNothing())
    .execute()
  await db.selectFrom('serviceKey').select('key').where('key', '=', key).forUpdate().execute()
}

export async function listServicesOfKey(db: Database, key: string): Promise<Service[]> {
  return (await db.selectFrom('service').selectAll().where('key', '=', key).execute()) as Service[]
}

export async function listSubscriptionsOf(db: Database, accountId: string): Promise<Subscription[]> {
  return (await db
    .selectFrom('subscription')
    .selectAll()
    .where('accountId', '=', accountId)
    .orderBy('id')
    .execute()) as Subscription[]
}

export async function listAccountsByIds(db: Database, ids: readonly string[]): Promise<Account[]> {
  const query = db.selectFrom('account').selectAll().where('id', '=', anyOf(ids))
  return (await query.orderBy('id').execute()) as Account[]
}

/** Members before their sponsors: documents of sponsors bill what those of their members have settled with their credit. */
export async function listAccountIds(db: Database): Promise<string[]> {
  const query = db.selectFrom('account').select('id').orderBy(sql`sponsor_account_id is null`).orderBy('id')
  return (await query.execute()).map((row) => row['id'] as string)
}

/** Accounts that are billed before their periods end. */
export async function listProgressiveAccountIds(db: Database): Promise<string[]> {
  const query = db.selectFrom('account').select('id').where('progressiveThresholdMinor', 'is not', null)
  return (await query.orderBy('id').execute()).map((row) => row['id'] as string)
}

/**
 * Whoever bills or settles an account takes turns. Rows that only refer to it are not held up: the engine commits such rows,
 * and who holds this lock may wait for the engine.
 */
export async function lockAccount(db: Database, id: string): Promise<Account> {
  return (await db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()) as Account
}

/** Locks accounts, always in one order, so that nobody waits for a caller who waits for him. */
export async function lockAccounts(db: Database, ids: readonly string[]): Promise<void> {
  const query = db.selectFrom('account').select('id').where('id', '=', anyOf(ids))
  await query.orderBy('id').forNoKeyUpdate().execute()
}

export async function setBilledUntil(db: Database, id: string, day: string): Promise<void> {
  await db.updateTable('account').set({ billedUntil: day }).where('id', '=', id).execute()
  await noteChange(db, 'billing of account', id)
}

export async function listSubscriptionsOfAccounts(
  db: Database,
  accountIds: readonly string[],
): Promise<Subscription[]> {
  const query = db.selectFrom('subscription').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.orderBy('id').execute()) as Subscription[]
}

/** Changes of all subscriptions of accounts that stand, each subscription's in the order of recording. */
export async function listChangesOfAccounts(db: Database, accountIds: readonly string[]): Promise<ChangeRow[]> {
  return (await db
    .selectFrom('subscriptionChange')
    .innerJoin('subscription', 'subscription.id', 'subscriptionChange.subscriptionId')
    .selectAll('subscriptionChange')
    .where('accountId', '=', anyOf(accountIds))
    .where('withdrawnAt', 'is', null)
    .orderBy('subscriptionId')
    .orderBy('position')
    .execute()) as ChangeRow[]
}

/** All changes of a subscription, those that were withdrawn, too. */
export async function listChanges(db: Database, subscriptionId: string): Promise<ChangeRow[]> {
  const query = db.selectFrom('subscriptionChange').selectAll().where('subscriptionId', '=', subscriptionId)
  return (await query.orderBy('position').execute()) as ChangeRow[]
}

/** Subscriptions that are, were or will be on one of these plan versions, after a cursor. */
export async function listOfPlanVersions(
  db: Database,
  planVersionIds: readonly string[],
  after: string | undefined,
  limit: number,
): Promise<Subscription[]> {
  const ids = anyOf(planVersionIds)
  let query = db.selectFrom('subscription').selectAll().orderBy('id').limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  const changes = db
    .selectFrom('subscriptionChange')
    .select('subscriptionChange.id')
    .where('subscriptionId', '=', sql.ref<string>('subscription.id'))
    .where('withdrawnAt', 'is', null)
    .where(sql`(content ->> 'planVersionId')::uuid`, '=', ids)
  return (await query
    .where((on) => on.or([on('planVersionId', '=', ids), on.exists(changes)]))
    .execute()) as Subscription[]
}

export async function insertChange(db: Database, row: ChangeRow): Promise<void> {
  await db
    .insertInto('subscriptionChange')
    .values({ ...row, content: JSON.stringify(row.content) })
    .execute()
}

export async function withdrawChange(db: Database, id: string, withdrawnAt: Date): Promise<void> {
  await db.updateTable('subscriptionChange').set({ withdrawnAt }).where('id', '=', id).execute()
  await noteChange(db, 'change of subscription', id)
}

/** What the phases of each subscription are counted from. */
export async function listPhaseOrigins(
  db: Database,
): Promise<{ id: string; startsAt: Date; trialDays: number | null; zone: string }[]> {
  const query = db
    .selectFrom('subscription')
    .innerJoin('account', 'account.id', 'subscription.accountId')
    .select(['subscription.id', 'subscription.startsAt', 'subscription.trialDays', 'account.zone'])
  return (await query.execute()) as { id: string; startsAt: Date; trialDays: number | null; zone: string }[]
}

export async function zonesOf(db: Database, accountIds: readonly string[]): Promise<Map<string, string>> {
  const query = db.selectFrom('account').select(['id', 'zone']).where('id', '=', anyOf(accountIds))
  return new Map((await query.execute()).map((row) => [row['id'] as string, row['zone'] as string]))
}

import { sql } from 'kysely'
import type { ChangeContent } from '../../core/subscriptions/timeline.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { getThing, type Row } from '../parties/index.ts'

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

/** @param reference an id or a key */
export async function getSubscription(db: Database, reference: string): Promise<Subscription> {
  return getThing<Subscription>(db, 'subscription', reference)
}

export async function listSubscriptionsOf(db: Database, accountId: string): Promise<Subscription[]> {
  return (await db
    .selectFrom('subscription')
    .selectAll()
    .where('accountId', '=', accountId)
    .orderBy('id')
    .execute()) as Subscription[]
}

export async function listSubscriptionsOfAccounts(
  db: Database,
  accountIds: readonly string[],
): Promise<Subscription[]> {
  const query = db.selectFrom('subscription').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.orderBy('id').execute()) as Subscription[]
}

/** The keys of the accounts of subscriptions, by the ids of these. */
export async function listAccountKeysOf(
  db: Database,
  subscriptionIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('account', 'account.id', 'subscription.accountId')
    .select(['subscription.id', 'account.key'])
    .where('subscription.id', '=', anyOf(subscriptionIds))
    .execute()
  return new Map(rows.map((row) => [row['id'] as string, row['key'] as string]))
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

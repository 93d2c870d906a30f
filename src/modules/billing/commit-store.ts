import { sql } from 'kysely'
import type { BoughtTerm } from '../../core/invoicing/contract-commits.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'

/** A term of a commit whose lot was opened. */
export interface CommitTerm extends BoughtTerm {
  readonly id: string
  readonly accountId: string
  readonly amountMinor: string
  /** Of the lot. */
  readonly origin: string
  readonly openedAt: Date
}

/** Whether any plan sells money to be drawn down. */
export async function hasCommitPlans(db: Database): Promise<boolean> {
  const query = db.selectFrom('planVersion').select('id').limit(1)
  const isOne = sql<boolean>`content @> '{"prices":[{"kind":"commit"}]}'`
  return (await query.where(isOne).executeTakeFirst()) !== undefined
}

/** Plan versions that take a fee day by day. */
export async function versionsWithDailyFees(db: Database): Promise<string[]> {
  const has = sql<boolean>`jsonb_path_exists(content, '$.prices[*].daily')`
  return (await db.selectFrom('planVersion').select('id').where(has).execute()).map((row) => row['id'] as string)
}

/** What subscriptions have bought, by their ids. */
export async function openedTerms(
  db: Database,
  subscriptionIds: readonly string[],
): Promise<Map<string, CommitTerm[]>> {
  const query = db
    .selectFrom('contractCommit')
    .selectAll()
    .where('subscriptionId', '=', anyOf([...subscriptionIds]))
  const rows = await query.execute()
  return Map.groupBy(rows, ({ subscriptionId }) => subscriptionId)
}

/** @throws Refusal where another process has opened it meanwhile: who looks again finds it open */
export async function insertTerm(db: Database, term: CommitTerm): Promise<void> {
  const insert = db.insertInto('contractCommit').values(term)
  const made = insert
    .onConflict((on) => on.columns(['subscriptionId', 'code', 'termStart']).doNothing())
    .returning('id')
  if ((await made.execute()).length === 0)
    throw new Refusal('engine_unavailable', 'the term was opened meanwhile; send the same request again')
}

/** What accounts have bought, in the order of terms. */
export async function listTerms(db: Database, accountIds: readonly string[]): Promise<CommitTerm[]> {
  const query = db.selectFrom('contractCommit').selectAll().where('accountId', '=', anyOf(accountIds))
  return await query.orderBy('termStart').orderBy('id').execute()
}

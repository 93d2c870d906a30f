import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

/** A term of a commit whose lot was opened. */
export interface CommitTerm {
  readonly id: string
  readonly accountId: string
  readonly subscriptionId: string
  readonly code: string
  readonly termStart: string
  readonly termEnd: string
  readonly amountMinor: string
  /** Of the lot. */
  readonly origin: string
  readonly openedAt: Date
  /** Null for terms from before it was kept. */
  readonly planVersionId: string | null
}

export function termKey(subscriptionId: string, code: string, termStart: string): string {
  return [subscriptionId, code, termStart].join('\n')
}

/** Whether any plan sells money to be drawn down. */
export async function hasCommitPlans(db: Database): Promise<boolean> {
  const query = db.selectFrom('planVersion').select('id').limit(1)
  const isOne = sql<boolean>`content @> '{"prices":[{"kind":"commit"}]}'`
  return (await query.where(isOne).executeTakeFirst()) !== undefined
}

export async function openedTerms(db: Database): Promise<Set<string>> {
  const rows = await db.selectFrom('contractCommit').select(['subscriptionId', 'code', 'termStart']).execute()
  return new Set(
    rows.map((row) => termKey(row['subscriptionId'] as string, row['code'] as string, row['termStart'] as string)),
  )
}

export async function insertTerm(db: Database, term: CommitTerm): Promise<void> {
  await db.insertInto('contractCommit').values(term).execute()
}

export async function listTerms(db: Database, accountId: string): Promise<CommitTerm[]> {
  const query = db.selectFrom('contractCommit').selectAll().where('accountId', '=', accountId)
  return (await query.orderBy('termStart').orderBy('id').execute()) as CommitTerm[]
}

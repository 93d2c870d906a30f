import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import { type ListPage, type ListQuery, listPage, startOf, withText } from '../../platform/http/list-page.ts'

export interface PlanChange {
  readonly from: string
  readonly to: string
}

export const STATUSES = ['computing', 'draft', 'applying', 'cancelling', 'cancelled', 'complete', 'failed'] as const
export type ReRatingStatus = (typeof STATUSES)[number]

export interface ReRating {
  readonly id: string
  readonly key: string
  readonly status: ReRatingStatus
  readonly plans: readonly PlanChange[]
  readonly accountIds: readonly string[] | null
  readonly fromDay: string
  readonly untilDay: string
  readonly reason: string
  readonly requestedBy: string
  /** Null in rows from before there were users. */
  readonly requestedByPerson: string | null
  readonly decidedBy: string | null
  readonly triedThrough: string | null
  readonly documents: number
  readonly error: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
  readonly finishedAt: Date | null
}

/** Amounts at the rating scale. */
export interface ReRatingAccount {
  readonly reRatingId: string
  readonly accountId: string
  readonly currency: string
  /** `partial`: some of its records are re-rated, the others are next. */
  readonly status: 'draft' | 'partial' | 'applied'
  readonly records: bigint
  readonly leftOut: bigint
  readonly fault: string | null
  readonly beforeAmount: string
  readonly afterAmount: string
  readonly difference: string
  readonly appliedRecords: bigint
  readonly appliedDifference: string
  readonly isNoted: boolean
  readonly documentId: string | null
}

export async function insertReRating(db: Database, row: ReRating): Promise<void> {
  await db
    .insertInto('reRating')
    .values({ ...row, plans: JSON.stringify(row.plans) })
    .execute()
}

export async function findReRating(db: Database, by: { id: string } | { key: string }): Promise<ReRating | undefined> {
  const [column, value] = Object.entries(by)[0] as ['id' | 'key', string]
  return (await db.selectFrom('reRating').selectAll().where(column, '=', value).executeTakeFirst()) as
    | ReRating
    | undefined
}

export async function listReRatingPage(
  db: Database,
  query: ListQuery & { readonly status?: ReRatingStatus | undefined },
): Promise<ListPage<ReRating>> {
  const { status, text } = query
  return listPage(db, query, {
    table: 'reRating',
    madeAt: 'createdAt',
    keep: (rows) =>
      withText(status === undefined ? rows : rows.where('row.status', '=', status), text, ['row.key', 'row.reason']),
  })
}

async function updateReRating(db: Database, id: string, set: Partial<ReRating>): Promise<void> {
  await db.updateTable('reRating').set(set).where('id', '=', id).execute()
}

/** Changes the status if it is still what was seen. @returns whether it was. */
export async function moveStatus(
  db: Database,
  id: string,
  from: readonly ReRatingStatus[],
  set: Partial<ReRating>,
): Promise<boolean> {
  const query = db.updateTable('reRating').set(set).where('id', '=', id).where('status', 'in', from)
  return (await query.executeTakeFirst()).numUpdatedRows === 1n
}

/** Postgres takes 65,535 parameters a statement. */
const SLICE = 2_000

/** Stores what the dry run found of some accounts, and how far it has got. In a transaction. */
export async function storeTried(
  db: Database,
  id: string,
  accounts: readonly ReRatingAccount[],
  triedThrough: string,
): Promise<void> {
  for (let at = 0; at < accounts.length; at += SLICE)
    await db
      .insertInto('reRatingAccount')
      .values(accounts.slice(at, at + SLICE))
      .execute()
  await updateReRating(db, id, { triedThrough })
}

export async function listAccounts(
  db: Database,
  id: string,
  filter: {
    limit: number
    cursor?: string | undefined
    statuses?: readonly ReRatingAccount['status'][]
    isNoted?: boolean
  },
): Promise<ReRatingAccount[]> {
  let query = db.selectFrom('reRatingAccount').selectAll().where('reRatingId', '=', id)
  if (filter.cursor !== undefined) query = query.where('accountId', '>', filter.cursor)
  if (filter.statuses !== undefined) query = query.where('status', 'in', filter.statuses)
  if (filter.isNoted !== undefined) query = query.where('isNoted', '=', filter.isNoted)
  return (await query.orderBy('accountId').limit(filter.limit).execute()) as ReRatingAccount[]
}

/** A page of the accounts in either direction, as other lists have it. */
export async function listAccountPage(
  db: Database,
  id: string,
  { limit, cursor, before, order }: Pick<ListQuery, 'limit' | 'cursor' | 'before' | 'order'>,
): Promise<ListPage<ReRatingAccount>> {
  const isBack = before !== undefined
  const start = startOf(cursor, before)
  const isUp = (order === 'oldest') !== isBack
  let query = db.selectFrom('reRatingAccount').selectAll().where('reRatingId', '=', id)
  if (start !== undefined) query = query.where('accountId', isUp ? '>' : '<', start)
  const ordered = query.orderBy('accountId', isUp ? 'asc' : 'desc').limit(limit + 1)
  const found = (await ordered.execute()) as ReRatingAccount[]
  const items = isBack ? found.slice(0, limit).reverse() : found.slice(0, limit)
  const [first = null, last = null] = [items[0]?.accountId, items.at(-1)?.accountId]
  const isMore = found.length > limit
  if (isBack) return { items, nextCursor: last, previousCursor: isMore ? first : null }
  return { items, nextCursor: isMore ? last : null, previousCursor: start === undefined ? null : first }
}

/** What a commit has done to accounts: with its segment, or not at all. */
export async function addApplied(db: Database, id: string, steps: readonly AppliedStep[]): Promise<void> {
  const step = sql<Record<string, never>>`(select * from unnest(${steps.map(({ accountId }) => accountId)}::uuid[],
    ${steps.map(({ records }) => records)}::bigint[], ${steps.map(({ difference }) => String(difference))}::numeric[],
    ${steps.map(({ isLast }) => (isLast ? 'applied' : 'partial'))}::text[]) as step (account, records, difference, status))`
  await db
    .updateTable('reRatingAccount')
    .from(step.as('step'))
    .set({
      appliedRecords: sql`applied_records + step.records`,
      appliedDifference: sql`applied_difference + step.difference`,
      status: sql`step.status`,
    })
    .where('reRatingId', '=', id)
    .where(sql<boolean>`account_id = step.account`)
    .execute()
}

export interface AppliedStep {
  readonly accountId: string
  readonly records: number
  readonly difference: bigint
  /** Whether nothing of the account is left to do. */
  readonly isLast: boolean
}

/** Notes that accounts had nothing billed that could change. */
export async function noteNothing(db: Database, id: string, accountIds: readonly string[]): Promise<void> {
  await db
    .updateTable('reRatingAccount')
    .set({ isNoted: true })
    .where('reRatingId', '=', id)
    .where('accountId', '=', sql<string>`any(${accountIds}::uuid[])`)
    .execute()
}

/** Notes which document an account got, and counts it. In a transaction. */
export async function noteDocument(
  db: Database,
  id: string,
  accountId: string,
  documentId: string | null,
): Promise<void> {
  await db
    .updateTable('reRatingAccount')
    .set({ isNoted: true, documentId })
    .where('reRatingId', '=', id)
    .where('accountId', '=', accountId)
    .where('documentId', 'is', null)
    .execute()
  if (documentId === null) return
  const count = db.selectFrom('reRatingAccount').select(sql<string>`count(document_id)::text`.as('documents'))
  const { documents } = await count.where('reRatingId', '=', id).executeTakeFirstOrThrow()
  await updateReRating(db, id, { documents: Number(documents) })
}

/** Totals of the accounts of a re-rating, by currency. */
export interface ReRatingTotal {
  readonly currency: string
  readonly accounts: number
  readonly accountsApplied: number
  readonly records: number
  readonly leftOut: number
  readonly before: bigint
  readonly after: bigint
  readonly difference: bigint
  /** Of the accounts' differences without their signs: how much money moves. */
  readonly moved: bigint
  readonly appliedRecords: number
  readonly appliedDifference: bigint
}

export async function totalsOf(db: Database, id: string): Promise<ReRatingTotal[]> {
  const sum = (column: string): ReturnType<typeof sql<string>> =>
    sql<string>`coalesce(sum(${sql.ref(column)}), 0)::text`
  const rows = await db
    .selectFrom('reRatingAccount')
    .select([
      'currency',
      sql<string>`count(*)::text`.as('accounts'),
      sql<string>`count(*) filter (where status = 'applied')::text`.as('applied'),
      sum('records').as('records'),
      sum('left_out').as('leftOut'),
      sum('before_amount').as('before'),
      sum('after_amount').as('after'),
      sum('difference').as('change'),
      sql<string>`coalesce(sum(abs(difference)), 0)::text`.as('moved'),
      sum('applied_records').as('appliedRecords'),
      sum('applied_difference').as('appliedChange'),
    ])
    .where('reRatingId', '=', id)
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return rows.map((row) => ({
    currency: row['currency'] as string,
    accounts: Number(row.accounts),
    accountsApplied: Number(row.applied),
    records: Number(row.records),
    leftOut: Number(row.leftOut),
    before: BigInt(row.before),
    after: BigInt(row.after),
    difference: BigInt(row.change),
    moved: BigInt(row.moved),
    appliedRecords: Number(row.appliedRecords),
    appliedDifference: BigInt(row.appliedChange),
  }))
}

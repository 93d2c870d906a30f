import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

/** What a customer gets who brings another one, and what that one gets. Amounts are decimals of the currency. */
export interface ReferralProgram {
  readonly currency: string
  /** "0" gives this side nothing. */
  readonly referrerAmount: string
  readonly referredAmount: string
  /** How long the bonus can be used; null for ever. */
  readonly validDays: number | null
  readonly priority: number
  /** Customers that one may bring; null any number. */
  readonly maxPerReferrer: number | null
}

export interface Referral {
  readonly id: string
  readonly key: string
  readonly program: string
  readonly referrerAccountId: string
  readonly referredAccountId: string
  readonly content: ReferralProgram
  readonly createdAt: Date
}

export async function putProgram(db: Database, code: string, program: ReferralProgram, nowMs: number): Promise<void> {
  const row = { code, content: JSON.stringify(program), updatedAt: new Date(nowMs) }
  await db
    .insertInto('referralProgram')
    .values(row)
    .onConflict((on) => on.column('code').doUpdateSet({ content: row.content, updatedAt: row.updatedAt }))
    .execute()
}

export async function listPrograms(db: Database): Promise<object[]> {
  const rows = await db.selectFrom('referralProgram').select(['code', 'content']).orderBy('code').execute()
  return rows.map((row) => ({ code: row['code'] as string, ...(row['content'] as ReferralProgram) }))
}

export async function findProgram(db: Database, code: string): Promise<ReferralProgram | undefined> {
  const row = await db.selectFrom('referralProgram').select('content').where('code', '=', code).executeTakeFirst()
  return row?.['content'] as ReferralProgram | undefined
}

export async function findReferral(db: Database, key: string): Promise<Referral | undefined> {
  return (await db.selectFrom('referral').selectAll().where('key', '=', key).executeTakeFirst()) as Referral | undefined
}

export async function wasReferred(db: Database, program: string, accountId: string): Promise<boolean> {
  const query = db.selectFrom('referral').select('id').where('program', '=', program)
  return (await query.where('referredAccountId', '=', accountId).executeTakeFirst()) !== undefined
}

export async function countReferrals(db: Database, program: string, referrerId: string): Promise<number> {
  const row = await db
    .selectFrom('referral')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('program', '=', program)
    .where('referrerAccountId', '=', referrerId)
    .executeTakeFirstOrThrow()
  return row.count
}

export async function insertReferral(db: Database, referral: Referral): Promise<void> {
  const { content, ...row } = referral
  await db
    .insertInto('referral')
    .values({ ...row, content: JSON.stringify(content) })
    .execute()
}

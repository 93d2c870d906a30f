import { isDeepStrictEqual } from 'node:util'
import { noteChange } from '../../platform/changed-rows.ts'
import type { Database } from '../../platform/db.ts'
import type { LotTerms } from './lot-drafts.ts'

export interface AdjustmentDraft extends LotTerms {
  readonly key: string
  readonly account: string
  readonly direction: 'credit' | 'debit'
  /** Money, or, with a unit, units. */
  readonly amount: string
  readonly unit: string | null
  /** What a credit counts as: the customer's own money, or a bonus. */
  readonly source: 'paid' | 'bonus'
  readonly reason: string
}

export interface Adjustment {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly content: Omit<AdjustmentDraft, 'key' | 'reason' | 'account'>
  readonly reason: string
  readonly status: 'pending' | 'applied' | 'rejected'
  readonly requestedBy: string
  /** Null in rows from before there were users. */
  readonly requestedByPerson: string | null
  readonly decidedBy: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
}

export function isSameContent(stored: Adjustment, content: Adjustment['content']): boolean {
  return isDeepStrictEqual(stored.content, JSON.parse(JSON.stringify(content)))
}

export async function findAdjustment(db: Database, key: string): Promise<Adjustment | undefined> {
  return (await db.selectFrom('adjustment').selectAll().where('key', '=', key).executeTakeFirst()) as
    | Adjustment
    | undefined
}

export async function getAdjustment(db: Database, id: string): Promise<Adjustment | undefined> {
  return (await db.selectFrom('adjustment').selectAll().where('id', '=', id).executeTakeFirst()) as
    | Adjustment
    | undefined
}

export async function insertAdjustment(db: Database, row: Adjustment): Promise<void> {
  await db
    .insertInto('adjustment')
    .values({ ...row, content: JSON.stringify(row.content) })
    .execute()
  if (row.status !== 'pending') await noteChange(db, 'decision on adjustment', row.id)
}

export async function updateAdjustment(db: Database, { id, status, decidedBy, decidedAt }: Adjustment): Promise<void> {
  await db.updateTable('adjustment').set({ status, decidedBy, decidedAt }).where('id', '=', id).execute()
  await noteChange(db, 'decision on adjustment', id)
}

import type { BonusRule } from '../../core/charging/bonus.ts'
import type { Database } from '../../platform/db.ts'

/** What comes along with top-ups, in the order of their codes. */
export async function listBonusRules(db: Database): Promise<BonusRule[]> {
  const rows = await db.selectFrom('bonusRule').select('content').orderBy('code').execute()
  return rows.map((row) => row['content'] as BonusRule)
}

export async function putBonusRule(db: Database, code: string, content: object, nowMs: number): Promise<void> {
  const row = { code, content: JSON.stringify(content), updatedAt: new Date(nowMs) }
  await db
    .insertInto('bonusRule')
    .values(row)
    .onConflict((on) => on.column('code').doUpdateSet({ content: row.content, updatedAt: row.updatedAt }))
    .execute()
}

export async function deleteBonusRule(db: Database, code: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('bonusRule').where('code', '=', code).executeTakeFirst()
  return numDeletedRows > 0n
}

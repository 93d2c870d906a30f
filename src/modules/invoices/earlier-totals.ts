import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

/**
 * What an account's bills of a purpose came to, the latest first, each with what was bought on its day; `isBilled` is whether any document
 * of it bills charges at all.
 */
export async function earlierTotals(
  db: Database,
  accountId: string,
  purpose: string,
  limit: number,
): Promise<{ readonly totalsMinor: readonly bigint[]; readonly isBilled: boolean }> {
  const rows = await db
    .selectFrom('invoice')
    .select(['billingDay', sql<string>`sum(total_minor)::text`.as('total')])
    .where('accountId', '=', accountId)
    .where('purpose', 'in', [purpose, 'commit'])
    .groupBy('billingDay')
    .having(sql<boolean>`bool_or(purpose = ${purpose})`)
    .orderBy('billingDay', 'desc')
    .limit(limit)
    .execute()
  const totalsMinor = rows.map(({ total }) => BigInt(total))
  if (totalsMinor.length > 0) return { totalsMinor, isBilled: true }
  const bills = db.selectFrom('invoice').select('id').where('accountId', '=', accountId)
  const any = await bills.where('purpose', 'in', ['cycle', 'start', 'commit']).limit(1).executeTakeFirst()
  return { totalsMinor, isBilled: any !== undefined }
}

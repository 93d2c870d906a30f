import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot } from '../../platform/db.ts'
import { heldMinor } from './store.ts'

/** What the ledger holds for customers is what they left, less what was applied and released. */
export async function checkDeposits(root: Database): Promise<CheckResult> {
  return inSnapshot(root, async (db) => {
    const held = await heldMinor(db)
    const rows = await db
      .selectFrom('posting')
      .select(['accountId', sql<string>`(-sum(amount_minor))::text`.as('minor')])
      .where('ledgerAccount', '=', 'deposits')
      .groupBy('accountId')
      .execute()
    const posted = new Map(rows.map(({ accountId, minor }) => [accountId as string, BigInt(minor)]))
    const broken = [...new Set([...held.keys(), ...posted.keys()])].flatMap((accountId) => {
      const [own, ledger] = [held.get(accountId) ?? 0n, posted.get(accountId) ?? 0n]
      return own === ledger && own >= 0n ? [] : [`${accountId}: ${own} are held, ${ledger} in the ledger`]
    })
    return checkNone('deposits = taken − applied − released, as the ledger has them', broken, `${held.size} accounts`)
  })
}

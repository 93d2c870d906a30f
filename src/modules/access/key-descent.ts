import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'

/** Keeps the key that makes another from being revoked before the new one is there to be revoked with it. */
export async function holdMaker(trx: Database, id: string): Promise<void> {
  const query = trx.selectFrom('apiKey').select('id').where('id', '=', id).where('revokedAt', 'is', null).forShare()
  if ((await query.executeTakeFirst()) === undefined) throw new Refusal('unauthenticated', 'this key was revoked')
}

/**
 * Revokes what descends from a revoked key, one generation after the other. Each is a statement of its own, which sees
 * keys that were being made while the one before waited for them.
 * @returns the key and all that descend from it.
 */
export async function revokeMade(trx: Database, id: string, revokedAt: Date): Promise<string[]> {
  const all = [id]
  for (let made = [id]; made.length > 0; ) {
    const rows = await trx
      .updateTable('apiKey')
      .set((set) => ({ revokedAt: set.fn.coalesce('revokedAt', set.val(revokedAt)) }))
      .where('madeBy', 'in', made)
      .returning('id')
      .execute()
    made = rows.map((row) => row['id'] as string)
    all.push(...made)
  }
  return all
}

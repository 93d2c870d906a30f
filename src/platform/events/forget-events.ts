import { sql } from 'kysely'
import { type Database, inTransaction } from '../db.ts'

/**
 * Deletes events from before a time, from the first one on, and notes up to which number: those that are left still have no gap.
 * What a subscriber has not seen stays, and so does the last event, after which readers continue.
 * @returns how many
 */
export async function forgetEvents(db: Database, before: Date, limit: number): Promise<number> {
  return inTransaction(db, async (trx) => {
    const head = await trx.selectFrom('eventHead').select(['seq', 'forgotten']).forUpdate().executeTakeFirstOrThrow()
    const subscribers = await trx
      .selectFrom('eventSubscriber')
      .select(sql<bigint | null>`min(seq)`.as('seq'))
      .executeTakeFirst()
    const seen = subscribers?.seq ?? head.seq
    const most = seen < head.seq ? seen : head.seq - 1n
    const query = trx.selectFrom('event').select(['seq', 'createdAt']).where('seq', '<=', most).orderBy('seq')
    const first = await query.limit(limit).execute()
    const young = first.findIndex(({ createdAt }) => createdAt >= before)
    const old = young < 0 ? first : first.slice(0, young)
    const last = old.at(-1)?.seq
    if (last == null) return 0
    await trx.updateTable('eventHead').set({ forgotten: last }).execute()
    await trx.deleteFrom('event').where('seq', '<=', last).execute()
    return old.length
  })
}

import { sql } from 'kysely'
import { type Database, inTransaction } from '../db.ts'

/** Events that get their numbers in one transaction. */
const BATCH = 1_000
/** Batches after which others have their turn; the rest is numbered the next time. */
const MAX_BATCHES = 100

/**
 * Gives events that are committed their places in the order, so that readers can follow it by number and miss nothing.
 *
 * Writers do not number their events themselves: a counter that each of them took would make every writer wait until the one
 * before has committed, and the engine's commits with them. So an event is written without a number. Whoever wants to read
 * numbers what is there, one at a time (the row of `event_head` is locked): of all that is committed and has no number, the
 * one that was written first comes first.
 *
 * An event that commits late gets a number after all that were given, so a reader that has read up to 100 finds it after 100.
 * Causes come before effects: whoever acts upon something has seen it committed; so when the effect is seen here, the cause
 * is seen, too, and was written before it, by the one clock of the database. `written_at` is of that clock alone.
 * @returns how many were numbered
 */
export async function numberEvents(db: Database, schema: string): Promise<number> {
  let count = 0
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    if (!(await isAnyWaiting(db, schema))) break
    const numbered = await numberBatch(db, schema)
    count += numbered
    if (numbered < BATCH) break
  }
  return count
}

async function isAnyWaiting(db: Database, schema: string): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.id(schema, 'event')} where seq is null limit 1`.execute(db)
  return rows.length > 0
}

/** @returns how many were numbered. */
async function numberBatch(db: Database, schema: string): Promise<number> {
  const [event, head] = [sql.id(schema, 'event'), sql.id(schema, 'event_head')]
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ seq: bigint }>`select seq from ${head} for update`.execute(trx)
    const last = rows[0]?.seq
    if (last === undefined) throw new Error(`${schema}.event_head has no row`)
    const { numAffectedRows = 0n } = await sql`
      with waiting as (
        select id, row_number() over (order by written_at, id) as place
        from (select id, written_at from ${event} where seq is null order by written_at, id limit ${BATCH}) as first
      )
      update ${event} as event set seq = ${last} + waiting.place from waiting where event.id = waiting.id`.execute(trx)
    if (numAffectedRows > 0n) await sql`update ${head} set seq = ${last + numAffectedRows}`.execute(trx)
    return Number(numAffectedRows)
  })
}

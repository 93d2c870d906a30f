import { newId } from './clock.ts'
import type { Database } from './db.ts'

/**
 * Notes that a request has changed a row which the journal vouches for, in the transaction of the change: the row is
 * sealed anew. One that differs from its seal without a note was changed behind Kvit's back.
 * @param kind as `BOUND_ROWS` of the module `proofs` names it
 * @param key its id or code; of one in bytes, their hex
 */
export async function noteChange(db: Database, kind: string, key: string): Promise<void> {
  await db.insertInto('changedRow').values({ id: newId(), kind, key }).execute()
}

import { newId } from './clock.ts'
import type { Database } from './db.ts'
import { insertRows } from './insert-rows.ts'

const COLUMNS = { id: 'uuid', kind: 'text', key: 'text' } as const

/**
 * Notes that a request has changed a row which the journal vouches for, in the transaction of the change: the row is
 * sealed anew. One that differs from its seal without a note was changed by somebody other than Kvit.
 * @param kind as `BOUND_ROWS` of the module `proofs` names it
 * @param key its id or code; of one in bytes, their hex
 */
export async function noteChange(db: Database, kind: string, key: string): Promise<void> {
  await noteChanges(db, kind, [key])
}

/** The same for rows that one statement changed, or made under keys that do not grow with time. */
export async function noteChanges(db: Database, kind: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await insertRows(db, { table: 'changedRow', columns: COLUMNS, rows: keys.map((key) => ({ id: newId(), kind, key })) })
}

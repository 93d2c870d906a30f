import { sql } from 'kysely'
import { byName, type Database } from './db.ts'
import type { ListRows } from './http/list-page.ts'

/** Nobody works through more than this at once: "more than a thousand" says enough, and is never slow. */
export const MOST_COUNTED = 1_000
/** Rows that are looked at, of a table that has no index on what is looked for: the newest. */
const LOOKED_AT = 2_000

/** How many rows there are, counted no further than one beyond the most. */
export async function countUpTo(db: Database, rows: ListRows): Promise<number> {
  const some = rows
    .clearSelect()
    .select(sql`1`.as('one'))
    .limit(MOST_COUNTED + 1)
  const { n } = await db.selectFrom(some.as('some')).select(sql<string>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

/** The newest rows of a table, as `row`: a look that costs the same however long the table is. */
export function newest(db: Database, table: string): ListRows {
  const looked = byName(db).selectFrom(table).selectAll()
  return db.selectFrom(looked.orderBy('id', 'desc').limit(LOOKED_AT).as('row')) as ListRows
}

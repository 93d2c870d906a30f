import { type RawBuilder, sql } from 'kysely'
import { type Database, inSchema } from '../../platform/db.ts'
import { byTable, insertRows, insertStatement, type NewRows } from '../../platform/insert-rows.ts'

/** Rows that one command wants written with the segment. */
export interface RowsAlongside {
  readonly rows: readonly NewRows[]
  /** Told why they cannot be stored, where it is a value of theirs. */
  readonly blame: (error: unknown) => void
}

/** SQLSTATE classes of what a value is to blame for: data that cannot be stored, a constraint that it breaks. */
const OF_VALUES = /^(?:22|23)[0-9A-Z]{3}$/

export function isOfValues(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && OF_VALUES.test(code)
}

/** Parts of a statement that write rows if the part `appended` has a row: each begins with a comma. */
export function rowsParts(schema: string, alongside: readonly RowsAlongside[]): RawBuilder<unknown> {
  const parts = byTable(alongside.flatMap(({ rows }) => rows)).map((rows, place) => {
    const name = sql.raw(`alongside_${place}`)
    return sql`, ${name} as (${insertStatement(schema, rows, 'appended')})`
  })
  return sql.join(parts, sql``)
}

/** One statement had the rows of many, and a value of one could not be stored: each by itself shows whose it was. */
export async function findWhose(db: Database, schema: string, alongside: readonly RowsAlongside[]): Promise<void> {
  for (const { rows, blame } of alongside) {
    const isStored = await db
      .transaction()
      .execute(async (trx) => {
        for (const one of rows) await insertRows(inSchema(trx, schema), one)
        throw new Untried()
      })
      .catch((error: unknown) => error)
    if (isOfValues(isStored)) blame(isStored)
  }
}

/** Takes back what was only tried. */
class Untried extends Error {}

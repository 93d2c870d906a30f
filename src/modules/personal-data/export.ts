import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { PersonalRows } from '../module.ts'
import { getRow } from '../parties/index.ts'
import * as store from './store.ts'

export interface ExportedRow {
  readonly kind: string
  readonly row: Readonly<Record<string, unknown>>
}

/**
 * Rows about a customer, in the order of the tables and of their keys.
 * @param cursor of the page before, such as `3 0199…`: the place of the table, and the row behind which the page begins
 */
export async function exportCustomer(
  db: Database,
  tables: readonly PersonalRows[],
  reference: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ExportedRow[]; nextCursor: string | null }> {
  const { id } = await getRow(db, 'customer', reference)
  const whose = await store.whoseRows(db, id)
  let [place, after] = placeOf(cursor, tables.length)
  const items: ExportedRow[] = []
  for (; place < tables.length; place++, after = '') {
    const table = tables[place] as PersonalRows
    const found = await store.listRows(db, table, whose, after, limit - items.length + 1)
    for (const { name, content } of found) {
      if (items.length === limit) return { items, nextCursor: `${place} ${after}` }
      items.push({ kind: table.kind, row: content })
      after = name
    }
  }
  return { items, nextCursor: null }
}

function placeOf(cursor: string | undefined, tables: number): [place: number, after: string] {
  if (cursor === undefined) return [0, '']
  const [, place, after] = /^(\d{1,4}) (.*)$/s.exec(cursor) ?? []
  if (place === undefined || after === undefined || Number(place) >= tables)
    throw new Refusal('invalid_request', 'cursor: take it from nextCursor of the page before')
  return [Number(place), after]
}

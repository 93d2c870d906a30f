import { sql } from 'kysely'
import { z } from 'zod'
import { anyOf, byName, type Database } from '../db.ts'
import { Refusal } from '../problems.ts'
import type { ListRows } from './list-page.ts'

/** Notes of callers on a thing, such as `{"erp": "4711"}`: Kvit keeps them and finds things by them, and reads nothing in them. */
export type Metadata = Readonly<Record<string, string>>
/** What is to become of some entries; null takes one away. */
export type MetadataChange = Readonly<Record<string, string | null>>

const MAX_ENTRIES = 50
const MAX_KEY = 40
const MAX_VALUE = 500

/** Why an object of entries cannot be read. */
function fault({ code }: { readonly code?: string | undefined }): string | undefined {
  if (code === 'invalid_key') return `a key of metadata has 1 to ${MAX_KEY} characters, none of them [ or ]`
  return code === 'invalid_type'
    ? 'metadata has texts by their keys: {"region": "eu"}, in an address metadata[region]=eu'
    : undefined
}
const key = z.string().regex(new RegExp(`^[^[\\]]{1,${MAX_KEY}}$`, 'u'))
const value = z.string(`a value of metadata is a text of at most ${MAX_VALUE} characters`).max(MAX_VALUE)
const entries = z
  .record(key, value, { error: fault })
  .refine((all) => Object.keys(all).length <= MAX_ENTRIES, `metadata has at most ${MAX_ENTRIES} entries`)
const about = `Notes of your own, at most ${MAX_ENTRIES}: keys of at most ${MAX_KEY} characters with texts of at most ${MAX_VALUE}`

/** Of a file, where absence says nothing. */
export const writtenMetadata = entries.optional()
/** Of a thing that is created. */
export const newMetadata = entries.default({}).describe(about)
/** Of a change: entries that are named are set, null takes one away, and the others stay. */
export const changedMetadata = z
  .record(key, value.nullable(), { error: fault })
  .refine((all) => Object.keys(all).length <= 2 * MAX_ENTRIES, `a change names at most ${2 * MAX_ENTRIES} entries`)
  .describe(`${about}. Entries that are named are set, null takes one away, and the others stay`)
/** In an answer. */
export const shownMetadata = z.record(z.string(), z.string()).describe('Notes of the caller')
/** What a list can be asked. */
export const metadataQuery = {
  metadata: entries.optional().describe('With all of these entries: `metadata[region]=eu`'),
}

/** Rows with all entries of a filter; an index has those rows that have any. */
export function withMetadata(rows: ListRows, filter: Metadata | undefined): ListRows {
  if (filter === undefined) return rows
  return rows.where(sql<boolean>`metadata <> '{}'::jsonb and metadata @> ${JSON.stringify(filter)}::jsonb`)
}

/**
 * Changes the metadata of rows in one statement, so that none of two changes at once is lost.
 * @throws Refusal where a row would have too many entries.
 */
export async function changeMetadata(
  db: Database,
  table: string,
  ids: readonly string[],
  change: MetadataChange,
): Promise<void> {
  const rows = await byName(db)
    .updateTable(table)
    .set({ metadata: sql`jsonb_strip_nulls(metadata || ${JSON.stringify(change)}::jsonb)` })
    .where('id', '=', anyOf(ids))
    .returning('metadata')
    .execute()
  const most = Math.max(0, ...rows.map((row) => Object.keys(row['metadata'] as Metadata).length))
  if (most > MAX_ENTRIES)
    throw new Refusal(
      'unprocessable',
      `metadata has at most ${MAX_ENTRIES} entries; with this change there would be ${most}`,
    )
}

import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { systemClock } from './clock.ts'
import type { Database } from './db.ts'
import { StartMistake } from './start-mistake.ts'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)
/** The schema of tenants, keys and nothing else. */
export const PLATFORM_SCHEMA = 'kvit'

export async function listMigrations(folder: 'platform' | 'tenant'): Promise<string[]> {
  return (await readdir(new URL(`${folder}/`, MIGRATIONS))).filter((name) => name.endsWith('.sql')).sort()
}

/**
 * Brings a schema up to date with the numbered files of a folder, each in a transaction of its own that also notes it.
 * Processes that start together take turns on the note table.
 * @param only leaves out all others: for a copy of tables that did not have them yet
 */
export async function migrate(
  db: Database,
  schema: string,
  folder: 'platform' | 'tenant',
  only: ReadonlySet<string> | null = null,
): Promise<void> {
  const files = (await listMigrations(folder)).filter((file) => only?.has(file) !== false)
  await createNotes(db, schema)
  await refuseNewer(db, schema, files)
  for (const file of files) {
    const text = await readFile(new URL(`${folder}/${file}`, MIGRATIONS), 'utf8')
    await db.transaction().execute(async (trx) => {
      await sql`set local search_path to ${sql.id(schema)}`.execute(trx)
      await sql`lock table migration in exclusive mode`.execute(trx)
      const done = await sql`select 1 from migration where file = ${file}`.execute(trx)
      if (done.rows.length > 0) return
      await sql.raw(text).execute(trx)
      await sql`insert into migration (file, applied_at) values (${file}, ${new Date(systemClock.nowMs())})`.execute(
        trx,
      )
    })
  }
}

/** What a newer version made of a schema, this one does not know how to keep right. */
async function refuseNewer(db: Database, schema: string, files: readonly string[]): Promise<void> {
  const done = await sql<{ file: string }>`select file from ${sql.id(schema, 'migration')} order by file`.execute(db)
  const unknown = done.rows.map(({ file }) => file).find((file) => !files.includes(file))
  if (unknown !== undefined)
    throw new StartMistake(
      `the database was made by a newer Kvit than this one (schema ${schema} has ${unknown}): update Kvit, or use another data directory or database`,
    )
}

/** Two processes may create the same schema at the same moment; one of them then sees that it exists. */
async function createNotes(db: Database, schema: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`create schema if not exists ${sql.id(schema)}`.execute(db)
      await sql`create table if not exists ${sql.id(schema, 'migration')} (file text primary key, applied_at timestamptz not null)`.execute(
        db,
      )
      return
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

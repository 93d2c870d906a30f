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
 * Brings a schema up to date with the numbered files of a folder, and notes each in the transaction that runs it: those of a new
 * schema in one, since 36 of them take a tenth of a second that way less than one by one; later ones in one each, since a file may
 * need that the one before is committed. Processes that start together take turns on the note table.
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
  const done = await doneIn(db, schema)
  refuseNewer(schema, files, done)
  const missing = files.filter((file) => !done.has(file))
  const groups = done.size === 0 ? [missing] : missing.map((file) => [file])
  for (const group of groups) await run(db, schema, folder, group)
}

async function run(db: Database, schema: string, folder: string, files: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local search_path to ${sql.id(schema)}`.execute(trx)
    await sql`lock table migration in exclusive mode`.execute(trx)
    // Another process may have run them meanwhile.
    const done = await doneIn(trx, schema)
    const missing = files.filter((file) => !done.has(file))
    if (missing.length === 0) return
    const texts = missing.map(async (file) => readFile(new URL(`${folder}/${file}`, MIGRATIONS), 'utf8'))
    await sql.raw((await Promise.all(texts)).join('\n;\n')).execute(trx)
    const at = new Date(systemClock.nowMs())
    await sql`insert into migration (file, applied_at) select unnest(${missing}::text[]), ${at}`.execute(trx)
  })
}

async function doneIn(db: Database, schema: string): Promise<Set<string>> {
  const { rows } = await sql<{ file: string }>`select file from ${sql.id(schema, 'migration')} order by file`.execute(
    db,
  )
  return new Set(rows.map(({ file }) => file))
}

/** What a newer version made of a schema, this one does not know how to keep right. */
function refuseNewer(schema: string, files: readonly string[], done: ReadonlySet<string>): void {
  const unknown = [...done].find((file) => !files.includes(file))
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

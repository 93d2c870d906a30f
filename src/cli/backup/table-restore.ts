import { join } from 'node:path'
import pg from 'pg'
import { connect } from '../../platform/db.ts'
import { listMigrations, migrate, PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { StartMistake } from '../../platform/start-mistake.ts'
import { connectTo } from './backup-source.ts'
import type { Manifest } from './manifest.ts'
import { load } from './table-backup.ts'

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/**
 * Makes the schemas as they were, by the same migrations, and fills their tables in one transaction. What refers to
 * something else is checked at the end, when all is there.
 */
export async function restoreTables(url: string, from: string, manifest: Manifest): Promise<void> {
  const client = await connectTo(url)
  try {
    const schemas = Object.keys(manifest.schemas)
    const { rows: there } = await client.query<{ name: string }>(
      'select nspname as name from pg_namespace where nspname = any($1)',
      [schemas],
    )
    if (there.length > 0)
      throw new StartMistake(`the database is not empty, it has the schema ${there[0]?.name}: restore into a new one`)
    await makeSchemas(url, manifest)
    await client.query('begin')
    const keys = await listForeignKeys(client, schemas)
    for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
    for (const table of manifest.tables) {
      const name = `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.table)}`
      await client.query(`truncate ${name}`)
      await load(client, table, join(from, table.file))
    }
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

async function makeSchemas(url: string, { schemas }: Manifest): Promise<void> {
  const db = connect(url)
  try {
    for (const [schema, files] of Object.entries(schemas)) {
      const folder = schema === PLATFORM_SCHEMA ? 'platform' : 'tenant'
      const known = new Set(await listMigrations(folder))
      const unknown = files.find((file) => !known.has(file))
      if (unknown !== undefined)
        throw new StartMistake(`a newer Kvit made this backup (it has ${unknown}): restore it with that one`)
      await migrate(db, schema, folder, new Set(files))
    }
  } finally {
    await db.destroy()
  }
}

async function listForeignKeys(client: pg.Client, schemas: readonly string[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select format('%I.%I', namespace.nspname, class.relname) as table, quote_ident(constraint_.conname) as name,
      pg_get_constraintdef(constraint_.oid) as definition
    from pg_constraint as constraint_
    join pg_class as class on class.oid = constraint_.conrelid
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    where constraint_.contype = 'f' and namespace.nspname = any($1) order by 1, 2`,
    [schemas],
  )
  return rows
}

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { systemClock } from '../../platform/clock.ts'
import { copyDurably } from '../../platform/copy-durably.ts'
import type { Steps } from '../steps.ts'
import { ArchiveCopy, listTenants, readHeads } from './archive-copy.ts'
import { connectTo } from './backup-source.ts'
import { type FileNote, listBelow, type Manifest, noteOf, writeManifest } from './manifest.ts'
import { copySecretKeys } from './secret-keys-copy.ts'

/** Connections that read at the same time, all of them from one snapshot. */
const READERS = 3
const BEGIN = 'begin transaction isolation level repeatable read, read only'

type Table = Manifest['tables'][number]

interface TableBackup {
  readonly url: string
  readonly dataDir: string
  readonly to: string
}

/**
 * Backs up all rows of all tables as they stood at one moment, of any Postgres that lets itself be read: the copy needs no
 * more than the rights that Kvit has, and can be restored into another Postgres, of another version or elsewhere. What was
 * acknowledged before that moment is in it, however long the copying takes afterwards.
 */
export async function backUpTables(
  { url, dataDir, to }: TableBackup,
  manifest: Manifest,
  steps: Steps,
): Promise<Manifest> {
  const clients = await Promise.all(Array.from({ length: READERS }, async () => connectTo(url)))
  const [first, ...others] = clients as [pg.Client, ...pg.Client[]]
  try {
    const archive = new ArchiveCopy(join(dataDir, 'archive'), join(to, 'archive'), steps)
    // Most of the archive is copied before, so that the moment comes late.
    await archive.begin(first, await listTenants(first))
    const standsFor = new Date(systemClock.nowMs()).toISOString()
    await first.query(BEGIN)
    const { rows } = await first.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    for (const other of others) {
      await other.query(BEGIN)
      await other.query(`set transaction snapshot ${pg.escapeLiteral(rows[0]?.snapshot ?? '')}`)
    }
    const tenants = await listTenants(first)
    const heads = await readHeads(first, tenants)
    await archive.catchUp(first, tenants)
    const schemas: Manifest['schemas'] = {}
    for (const schema of ['kvit', ...tenants.map((tenant) => tenant.schema)]) {
      const done = await first.query<{ file: string }>(`select file from ${pg.escapeIdentifier(schema)}.migration`)
      schemas[schema] = done.rows.map(({ file }) => file)
    }
    const tables = await listTables(first, Object.keys(schemas))
    steps.begin('tables of the database', tables.length)
    const files: Manifest['files'] = {}
    const waiting = [...tables]
    await Promise.all(
      clients.map(async (client) => {
        for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
          files[table.file] = await unload(client, table, join(to, table.file))
          steps.moved()
        }
      }),
    )
    await copyDurably(join(dataDir, 'root.key'), join(to, 'root.key'))
    const keys = await copySecretKeys(dataDir, to)
    for (const [path, note] of archive.files) files[`archive/${path}`] = note
    const postgres = String((await first.query('show server_version')).rows[0]?.server_version)
    const { folders } = await listBelow(to)
    const made: Manifest = {
      ...manifest,
      postgres,
      standsFor,
      heads,
      folders,
      schemas,
      tables,
      files: { ...files, ...keys, 'root.key': await noteOf(join(to, 'root.key')) },
    }
    await writeManifest(to, made)
    return made
  } finally {
    await Promise.all(clients.map(async (client) => client.end().catch(() => undefined)))
  }
}

/** The tables of some schemas, the largest first. Computed columns compute themselves again. */
async function listTables(client: pg.Client, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Omit<Table, 'file'>>(
    `select namespace.nspname as schema, class.relname as table,
      array_agg(attribute.attname::text order by attribute.attnum) as columns
    from pg_class as class
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    join pg_attribute as attribute on attribute.attrelid = class.oid
    where namespace.nspname = any($1) and class.relkind = 'r'
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    group by namespace.nspname, class.relname, class.oid
    order by pg_relation_size(class.oid) desc`,
    [schemas],
  )
  return rows.map((row) => ({ ...row, file: `tables/${row.schema}/${row.table}.copy` }))
}

const columnsOf = ({ columns }: Table): string => columns.map((column) => pg.escapeIdentifier(column)).join(', ')
const tableName = ({ schema, table }: Table): string => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`

async function unload(client: pg.Client, table: Table, file: string): Promise<FileNote> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const text = `copy (select ${columnsOf(table)} from ${tableName(table)}) to stdout (format binary)`
  return hashed(client.query(copyTo(text)), file)
}

/** Puts the rows of a file back into their table. */
export async function load(client: pg.Client, table: Table, file: string): Promise<void> {
  const text = `copy ${tableName(table)} (${columnsOf(table)}) from stdin (format binary)`
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), client.query(copyFrom(text)))
}

/** Writes a stream into a file, which is on the disk afterwards. @returns what was written. */
async function hashed(source: NodeJS.ReadableStream, file: string): Promise<FileNote> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(part: Buffer, _encoding, done) {
      hash.update(part)
      bytes += part.length
      done(null, part)
    },
  })
  await pipeline(source, count, createWriteStream(file, { mode: 0o600, flush: true }))
  return { bytes, sha256: hash.digest('hex') }
}

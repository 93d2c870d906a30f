import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Config } from '../../platform/config.ts'
import { copyDurably } from '../../platform/copy-durably.ts'
import { lockDataDir, makeDataDir } from '../../platform/data-dir.ts'
import { placeDatabase, removeDatabase } from '../../platform/database-folder.ts'
import { type RunningPostgres, startEmbeddedPostgres } from '../../platform/embedded-postgres.ts'
import { readSecrets, writeSecrets } from '../../platform/postgres-secrets.ts'
import { KEY_FILE } from '../../platform/secrets/key-file.ts'
import { findServerUser } from '../../platform/server-user.ts'
import { StartMistake } from '../../platform/start-mistake.ts'
import { listTenants } from './archive-copy.ts'
import { connectTo } from './backup-source.ts'
import { isEmptyFolder, LOG, listBelow, type Manifest, noteOf, readManifest } from './manifest.ts'
import { restoreTables } from './table-restore.ts'

const run = promisify(execFile)

/** What was restored. */
export interface RestoreReport {
  readonly dataDir: string
  readonly standsFor: string
  readonly tenants: readonly string[]
  /** The last segment of each journal, as it is now. */
  readonly heads: Readonly<Record<string, number>>
}

/**
 * Restores a backup into an empty data directory, and rows into an empty database. Every file is compared with the
 * manifest before anything is made; afterwards every journal must have the segment that the manifest names. What cannot be
 * finished is removed.
 */
export async function restore(config: Config, folder: string, say: (text: string) => void): Promise<RestoreReport> {
  const from = resolve(folder)
  const { dataDir, databaseUrl } = config
  const manifest = await readManifest(from)
  if (!(await isEmptyFolder(dataDir)))
    throw new StartMistake(`${dataDir} is not empty: restore into a new data directory (KVIT_DATA)`)
  if (manifest.kind === 'cluster' && databaseUrl !== null)
    throw new StartMistake(
      `${from} holds the files of a bundled Postgres: restore it without DATABASE_URL, then move it with "kvit backup --tables"`,
    )
  say('checksums')
  await verifyFiles(from, manifest)
  await makeDataDir(dataDir)
  const unlock = await lockDataDir(dataDir)
  let postgres: RunningPostgres | null = null
  try {
    say('files')
    if (manifest.kind === 'cluster') await placeCluster(from, dataDir, manifest)
    await placeFiles(from, dataDir, Object.keys(manifest.files).filter(isBeside))
    say('database')
    if (databaseUrl === null) postgres = await startEmbeddedPostgres(dataDir)
    const url = postgres?.url ?? (databaseUrl as string)
    if (manifest.kind === 'tables') await restoreTables(url, from, manifest)
    const heads = await verifyHeads(url, manifest)
    await writeFile(join(dataDir, 'journal-heads.json'), `${JSON.stringify(manifest.heads, null, 2)}\n`, {
      mode: 0o600,
    })
    return { dataDir, standsFor: manifest.standsFor, tenants: Object.keys(heads), heads }
  } catch (error) {
    await postgres?.stop()
    postgres = null
    await removeDatabase(dataDir).catch(() => undefined)
    await rm(dataDir, { recursive: true, force: true })
    throw error
  } finally {
    await postgres?.stop()
    await unlock()
  }
}

/** What lies in the data directory beside the database. */
const isBeside = (path: string): boolean => path.startsWith('archive/') || ['root.key', KEY_FILE].includes(path)

async function verifyFiles(from: string, { files }: Manifest): Promise<void> {
  for (const [path, { bytes, sha256 }] of Object.entries(files)) {
    const found = await noteOf(join(from, path)).catch(() => null)
    if (found === null) throw new StartMistake(`the backup lacks ${path}`)
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw new StartMistake(`${path} of the backup is not as it was written: use another backup`)
  }
}

async function placeFiles(from: string, to: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 })
    await copyDurably(join(from, path), join(to, path))
  }
}

/** Puts the files of the database where the Postgres of this data directory looks for them. */
async function placeCluster(from: string, dataDir: string, { folders, files }: Manifest): Promise<void> {
  const secrets = JSON.parse(await readFile(join(from, 'postgres.json'), 'utf8')) as { password: string }
  await writeSecrets(dataDir, { password: secrets.password, port: 0 })
  const user = await findServerUser()
  const target = await placeDatabase(dataDir, user)
  await mkdir(target, { recursive: true, mode: 0o700 })
  const below = (path: string): boolean => path.startsWith('database/')
  const inside = (path: string): string => path.slice('database/'.length)
  for (const path of folders.filter(below)) await mkdir(join(target, inside(path)), { recursive: true, mode: 0o700 })
  const log = (await listBelow(join(from, 'database'), 'pg_wal')).files.map((path) => `database/${path}`)
  const paths = [...Object.keys(files).filter((path) => below(path) && !path.startsWith(LOG)), ...log]
  await placeFiles(join(from, 'database'), target, paths.map(inside))
  if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, target])
  if ((await readSecrets(dataDir))?.password === undefined) throw new Error('the password of the database is kept')
}

/** Every journal must have what the manifest says, or more. Nobody owns a journal that was restored. */
async function verifyHeads(url: string, { heads }: Manifest): Promise<Record<string, number>> {
  const client = await connectTo(url)
  try {
    const found: Record<string, number> = {}
    for (const { name, schema } of await listTenants(client)) {
      const { rows } = await client.query<{ head_seq: string }>(
        `update ${pg.escapeIdentifier(schema)}.partition set owner = null, lease_until = null returning head_seq`,
      )
      found[name] = Number(rows[0]?.head_seq ?? 0)
      const { seq, digest } = heads[name] ?? { seq: 0, digest: '' }
      if (seq === 0) continue
      const segment = await client.query<{ digest: string }>(
        `select encode(digest, 'hex') as digest from ${pg.escapeIdentifier(schema)}.segment where seq = $1`,
        [seq],
      )
      if (segment.rows[0]?.digest !== digest)
        throw new Error(`the journal of ${name} lacks segment ${seq}, which the backup had: it is damaged`)
    }
    const lost = Object.keys(heads).filter((name) => found[name] === undefined)
    if (lost.length > 0) throw new Error(`the backup had tenants that are not there: ${lost.join(', ')}`)
    return found
  } finally {
    await client.end()
  }
}

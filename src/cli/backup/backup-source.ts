import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../../platform/config.ts'
import { lockDataDir } from '../../platform/data-dir.ts'
import { findDatabaseFolder } from '../../platform/database-folder.ts'
import { hostUrls } from '../../platform/database-hosts.ts'
import { runningPostgresUrl, startEmbeddedPostgres } from '../../platform/embedded-postgres.ts'
import { StartMistake } from '../../platform/start-mistake.ts'
import { isEmptyFolder } from './manifest.ts'

/** The database that is backed up, or restored into. */
export interface BackupSource {
  readonly url: string
  /** Where its files are, of the bundled Postgres. */
  readonly folder: string | null
}

/** The database of a configuration: one that is at work, or the bundled one, started for as long as it is needed. */
export async function openSource(config: Config, opened: AsyncDisposableStack): Promise<BackupSource> {
  if (config.databaseUrl !== null) return { url: await findPrimary(config.databaseUrl), folder: null }
  const folder = await findDatabaseFolder(config.dataDir)
  if (await isEmptyFolder(folder)) throw new StartMistake(`there is no database in ${config.dataDir} (KVIT_DATA)`)
  const running = await runningPostgresUrl(config.dataDir)
  if (running !== null) return { url: running, folder }
  opened.defer(await lockDataDir(config.dataDir))
  const postgres = await startEmbeddedPostgres(config.dataDir)
  opened.defer(async () => postgres.stop())
  return { url: postgres.url, folder }
}

/** The one of several servers that can be written. */
async function findPrimary(databaseUrl: string): Promise<string> {
  let why: unknown
  for (const url of hostUrls(databaseUrl)) {
    try {
      const client = await connectTo(url)
      const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
      await client.end()
      if (rows[0]?.standby === false) return url
      why = new Error('the server is a standby')
    } catch (error) {
      why = error
    }
  }
  throw new StartMistake(`the database cannot be reached: ${(why as Error).message} (DATABASE_URL)`)
}

export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** A folder of one's own for a backup; one with something in it is refused. */
export async function makeBackupFolder(folder: string): Promise<void> {
  if (!(await isEmptyFolder(folder))) throw new StartMistake(`${folder} is not empty: name a new folder`)
  await mkdir(join(folder, 'archive'), { recursive: true, mode: 0o700 })
}

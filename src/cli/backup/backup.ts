import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { systemClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { packageVersion } from '../../platform/version.ts'
import { Steps } from '../steps.ts'
import { makeBackupFolder, openSource } from './backup-source.ts'
import { backUpCluster } from './cluster-backup.ts'
import { emptyManifest, type Manifest } from './manifest.ts'
import { backUpTables } from './table-backup.ts'

/** What a backup came to. */
export interface BackupReport {
  readonly folder: string
  readonly kind: Manifest['kind']
  /** Whatever was acknowledged before this moment is in it. */
  readonly standsFor: string
  readonly files: number
  readonly bytes: number
  readonly heads: Manifest['heads']
}

/**
 * Backs up database, archive and keys into a new folder, while the server works on or stands still. What could not be
 * finished is removed.
 * @param asTables rows rather than files, also of the bundled Postgres: for moving to another one
 */
export async function backUp(config: Config, folder: string, asTables: boolean): Promise<BackupReport> {
  const to = resolve(folder)
  await makeBackupFolder(to)
  const steps = new Steps(`no backup was made: ${to} is removed again`)
  const opened = new AsyncDisposableStack()
  opened.defer(() => steps.end())
  try {
    const source = await openSource(config, opened)
    const kind = asTables || source.folder === null ? 'tables' : 'cluster'
    const began = emptyManifest(kind, packageVersion(), new Date(systemClock.nowMs()).toISOString())
    const { dataDir } = config
    const made =
      kind === 'tables' || source.folder === null
        ? await backUpTables({ url: source.url, dataDir, to }, began, steps)
        : await backUpCluster({ url: source.url, folder: source.folder, dataDir, to }, began, steps)
    const notes = Object.values(made.files)
    const bytes = notes.reduce((sum, note) => sum + note.bytes, 0)
    return { folder: to, kind, standsFor: made.standsFor, files: notes.length, bytes, heads: made.heads }
  } catch (error) {
    await rm(to, { recursive: true, force: true })
    throw error
  } finally {
    await opened.disposeAsync()
  }
}

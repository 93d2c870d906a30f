import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../platform/clock.ts'
import { ClusterCopy } from '../../platform/cluster-copy.ts'
import { copyDurably } from '../../platform/copy-durably.ts'
import type { Steps } from '../steps.ts'
import { ArchiveCopy, listTenants, readHeads } from './archive-copy.ts'
import { connectTo } from './backup-source.ts'
import { LOG, listBelow, type Manifest, noteOf, writeManifest } from './manifest.ts'
import { areSameKeys, copySecretKeys } from './secret-keys-copy.ts'

/** Rounds until nothing new was archived while the log was copied. Each takes moments; archiving comes every ten minutes. */
const MAX_ROUNDS = 20
const MEGABYTE = 1024 * 1024

/** Where a backup is made, and of what. */
export interface ClusterBackup {
  readonly url: string
  /** Where the files of the database are. */
  readonly folder: string
  readonly dataDir: string
  readonly to: string
}

/**
 * Backs up the bundled Postgres while it is at work: its files, then the files of the archive, and at the very last the
 * write-ahead log. The restored database goes through that log to its end, so everything that was acknowledged before the
 * log was copied, which is the last thing that is done, is in the backup.
 */
export async function backUpCluster(
  { url, folder, dataDir, to }: ClusterBackup,
  manifest: Manifest,
  steps: Steps,
): Promise<Manifest> {
  const client = await connectTo(url)
  try {
    const copy = new ClusterCopy(client, folder, join(to, 'database'), (bytes) => steps.moved(bytes / MEGABYTE))
    const archive = new ArchiveCopy(join(dataDir, 'archive'), join(to, 'archive'), steps)
    await archive.begin(client, await listTenants(client))
    steps.begin('megabytes of the database', Math.ceil((await copy.sizeBytes()) / MEGABYTE))
    await copy.copyFiles()
    await copy.copyLog()
    for (const name of ['root.key', 'postgres.json']) await copyDurably(join(dataDir, name), join(to, name))
    const below = await listBelow(to)
    steps.begin('checksums of files', below.files.length)
    const files: Manifest['files'] = {}
    for (const path of below.files) {
      if (!path.startsWith(LOG) && !path.startsWith('archive/')) files[path] = await noteOf(join(to, path))
      steps.moved()
    }
    steps.begin('the log', 0)
    const postgres = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const tenants = await listTenants(client)
      await archive.catchUp(client, tenants)
      // What is acknowledged by now is in the log that is copied below.
      const standsFor = new Date(systemClock.nowMs()).toISOString()
      const heads = await readHeads(client, tenants)
      const keys = await copySecretKeys(dataDir, to)
      Object.assign(files, keys)
      for (const [path, note] of archive.files) files[`archive/${path}`] = note
      const { folders } = await listBelow(to)
      const made: Manifest = { ...manifest, postgres, standsFor, heads, folders, files }
      await writeManifest(to, made)
      await copy.copyLog()
      // The log may name files of the archive that were written meanwhile, and have secrets of a key that is newer.
      const newer = await archive.catchUp(client, await listTenants(client))
      if (newer === 0 && (await areSameKeys(dataDir, keys))) return made
    }
    throw new Error('the archive does not come to rest: try again later')
  } finally {
    await client.end()
  }
}

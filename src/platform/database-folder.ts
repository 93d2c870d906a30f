import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SHARED_HOME, sharedHome } from './postgres-binaries.ts'
import { readSecrets, writeSecrets } from './postgres-secrets.ts'
import { readPostmaster } from './postmaster.ts'
import type { ServerUser } from './server-user.ts'
import { codeOf, StartMistake } from './start-mistake.ts'

const run = promisify(execFile)

/**
 * Where the database of a data directory is: in its folder `postgres`, or, where a folder above lets only root in, in
 * `/var/lib/kvit`, as `postgres.json` then says. A file next to a database that is kept there says whose it is.
 */
export async function findDatabaseFolder(dataDir: string): Promise<string> {
  return (await readSecrets(dataDir))?.folder ?? join(dataDir, 'postgres')
}

/** As above; makes a place where there is none yet, of which nobody but the user who runs Postgres may read. */
export async function placeDatabase(dataDir: string, user: ServerUser): Promise<string> {
  const secrets = await readSecrets(dataDir)
  const own = join(dataDir, 'postgres')
  if (secrets?.folder !== undefined) return keptElsewhere(dataDir, secrets.folder)
  if (user.uid === undefined || (await readPostmaster(own))?.isRunning === true) return own
  await letThrough(dataDir, user)
  if (await canEnter(dataDir, user)) return own
  const folder = join(await sharedHome(), `database-${randomBytes(8).toString('hex')}`)
  await noteOwner(folder, dataDir)
  // A database of before, whose folder was closed to others since, moves; an empty folder begins a new one.
  const hasOwn = (await lstat(own).catch(() => null)) !== null
  try {
    await (hasOwn ? rename(own, folder) : mkdir(folder, { mode: 0o700 }))
  } catch (error) {
    await rm(noteOf(folder), { force: true })
    throw new StartMistake(
      hasOwn
        ? `the user postgres cannot reach ${own} any more, and it cannot be moved to ${folder} (${codeOf(error)}): let others pass through the folders above it (chmod o+x)`
        : `${folder} cannot be made for the database of ${dataDir} (${codeOf(error)}): make room there, or set KVIT_DATA to a directory that the user postgres can reach`,
    )
  }
  await writeSecrets(dataDir, { ...(secrets ?? { password: '', port: 0 }), folder })
  await chown(folder, user.uid, user.gid as number)
  console.error(`kvit: only root may enter ${dataDir}, so its database is kept in ${folder}; a backup needs both`)
  return folder
}

/** Root's data directory lets the user who runs Postgres pass through; it can still not be listed. */
async function letThrough(dataDir: string, user: ServerUser): Promise<void> {
  const { mode } = await lstat(await realpath(dataDir))
  if (!(await canEnter(dataDir, user))) await chmod(dataDir, (mode & 0o7777) | 0o011)
}

async function canEnter(folder: string, user: ServerUser): Promise<boolean> {
  return run('test', ['-x', folder], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

const noteOf = (folder: string): string => `${folder}.json`

async function noteOwner(folder: string, dataDir: string): Promise<void> {
  await writeFile(noteOf(folder), JSON.stringify({ dataDir: await realpath(dataDir) }), { mode: 0o600 })
}

/** A data directory may be moved; a copy of it must not work on the database of the first. */
async function keptElsewhere(dataDir: string, folder: string): Promise<string> {
  const found = await lstat(folder).catch(() => null)
  if (found === null || !found.isDirectory())
    throw new StartMistake(
      `the database of ${dataDir} was kept in ${folder} and is not there: bring it back, or use another data directory (KVIT_DATA)`,
    )
  const note = JSON.parse(await readFile(noteOf(folder), 'utf8').catch(() => '{}')) as { dataDir?: string }
  const here = await realpath(dataDir)
  if (note.dataDir !== undefined && note.dataDir !== here) {
    if ((await findDatabaseFolder(note.dataDir).catch(() => null)) === folder)
      throw new StartMistake(
        `${dataDir} is a copy of ${note.dataDir}, whose database is kept in ${folder} and was not copied: use the first, or another data directory (KVIT_DATA)`,
      )
  }
  if (note.dataDir !== here) await noteOwner(folder, dataDir)
  return folder
}

/** Removes the database of a data directory that is given up, wherever it is kept. */
export async function removeDatabase(dataDir: string): Promise<void> {
  const folder = await findDatabaseFolder(dataDir)
  await rm(folder, { recursive: true, force: true })
  if (folder.startsWith(`${SHARED_HOME}/`)) await rm(noteOf(folder), { force: true })
}

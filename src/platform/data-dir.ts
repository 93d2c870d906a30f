import { constants } from 'node:fs'
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { commandLineOf, isAlive, isSameProcess, startOf } from './processes.ts'
import { codeOf, StartMistake } from './start-mistake.ts'

/** Another process has the data directory: talk to its server instead. */
export class DataDirBusy extends StartMistake {}

/** Who works in a data directory, by number and start. */
interface Owner {
  readonly pid: number
  readonly start: string | null
}

/** The server that runs on a data directory, as it wrote down where it listens. */
export interface RunningServer extends Owner {
  readonly url: string
  readonly tcpPort: number | null
}

/** How often a lock is tried that somebody else takes or leaves at the same moment. */
const MAX_TRIES = 5
/** What file systems without links say. */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'])

/** Makes the data directory, if it is not there. Nobody but its owner may look into it. */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
  } catch (error) {
    throw await explain(dataDir, error)
  }
}

/** With the folders above it. Node's own way to make them never ends below `/proc`, where nothing can be made. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isThere) return
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder, { mode: 0o700 })
  }
}

/**
 * One process at a time works in a data directory. The lock names its owner by number and start; one whose owner is gone,
 * or whose number belongs to another process by now, is taken over.
 * @returns what gives the lock back.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'kvit.lock')
  const draft = `${file}.${process.pid}`
  const text = `${process.pid}\n${startOf(process.pid) ?? ''}\n`
  try {
    await writeFile(draft, text)
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (await putIfAbsent(draft, file)) return async () => rm(file, { force: true })
      await removeStale(dataDir, file)
    }
  } catch (error) {
    throw error instanceof StartMistake ? error : await explain(dataDir, error)
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
  throw new DataDirBusy(`another process starts in ${dataDir} at this moment: try again`)
}

/** A link appears at once and whole, so nobody reads half a lock; a copy replaces it where there are no links. */
async function putIfAbsent(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file).catch((error: unknown) => {
      if (!NO_LINKS.has(codeOf(error))) throw error
      return copyFile(draft, file, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes a lock whose owner is gone. One that somebody took since it was read is put back. */
async function removeStale(dataDir: string, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return
  const owner = readOwner(text)
  if (owner !== null && isAtWork(owner)) throw new DataDirBusy(await describeOwner(dataDir, owner.pid))
  const aside = `${file}.${process.pid}.stale`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text) await putIfAbsent(aside, file)
  await rm(aside, { force: true })
}

/** Who has the lock of a data directory; null when nobody does, or the owner is gone. */
export async function findOwner(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'kvit.lock'), 'utf8').catch(() => null)
  const owner = text === null ? null : readOwner(text)
  return owner !== null && isAtWork(owner) ? owner.pid : null
}

/** The first line is the number, the second the start. Locks of earlier versions have the number alone. */
function readOwner(text: string): Owner | null {
  const [first = '', start = ''] = text.split('\n')
  return /^\d{1,10}$/.test(first) && Number(first) > 0 ? { pid: Number(first), start: start || null } : null
}

function isAtWork({ pid, start }: Owner): boolean {
  if (start !== null) return isSameProcess(pid, start)
  // Without a start, this very process did not write it, and a process that was not even started as Kvit is a stranger.
  if (pid === process.pid || !isAlive(pid)) return false
  const command = commandLineOf(pid)
  return command === null || /kvit|main\.ts/.test(command)
}

async function describeOwner(dataDir: string, pid: number): Promise<string> {
  const server = await findRunningServer(dataDir)
  const what = server === null ? 'a Kvit' : `the server at ${server.url}`
  return `${what} (process ${pid}) works in ${dataDir} already: use it, stop it first, or set KVIT_DATA to another directory`
}

/** The server that runs on this data directory; null when there is none. */
export async function findRunningServer(dataDir: string): Promise<RunningServer | null> {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { pid, start = null, url, tcpPort = null } = JSON.parse(text) as Partial<RunningServer>
    if (typeof pid !== 'number' || typeof url !== 'string' || !isAtWork({ pid, start })) return null
    return { pid, start, url, tcpPort }
  } catch {
    return null
  }
}

/** Writes down where this process listens, for those who look for it. @returns what takes it back. */
export async function announceServer(
  dataDir: string,
  url: string,
  tcpPort: number | null,
): Promise<() => Promise<void>> {
  const file = join(dataDir, 'server.json')
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify({ pid: process.pid, start: startOf(process.pid), url, tcpPort }))
  await rename(draft, file)
  return async () => rm(file, { force: true })
}

/** What an error of the file system means for the data directory. */
async function explain(dataDir: string, error: unknown): Promise<unknown> {
  const advice = 'set KVIT_DATA to a directory that can be written'
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM': {
      const owner = await stat(dataDir).then(
        ({ uid }) => ` (it belongs to user number ${uid}, and this is user number ${process.getuid?.() ?? '?'})`,
        () => '',
      )
      return new StartMistake(
        `the data directory ${dataDir} may not be written${owner}: run as its owner, or ${advice}`,
      )
    }
    case 'EROFS':
      return new StartMistake(`the data directory ${dataDir} is on a read-only file system: ${advice}`)
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartMistake(`the data directory ${dataDir} is no directory, or lies below a file: ${advice}`)
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartMistake(`the disk of the data directory ${dataDir} is full: make room, or ${advice}`)
    case 'ENOENT':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new StartMistake(`the data directory ${dataDir} cannot be made (${codeOf(error)}): ${advice}`)
    default:
      return error
  }
}

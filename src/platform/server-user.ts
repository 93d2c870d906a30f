import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartMistake } from './start-mistake.ts'

const run = promisify(execFile)

/** The system user who runs Postgres; nothing where that is the user who runs Kvit. */
export interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

const NAME = 'postgres'
/** `useradd` refuses while another process writes the list of users; that takes moments. */
const MAX_TRIES = 50
const PAUSE_MS = 200
const MAKERS: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', NAME]],
  ['adduser', ['-S', '-H', '-D', NAME]],
]

/**
 * Postgres refuses to run as root: there it runs as the system user `postgres`, who is made where there is none. Another
 * process may make the same user at the same moment, so what counts is that it is there afterwards.
 * @param databaseDir whose owner it is, once there is a database.
 */
export async function findServerUser(databaseDir?: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {}
  // A database that was made by another user, before root ever ran Kvit, continues as that user's.
  const owner = databaseDir === undefined ? null : await stat(databaseDir).catch(() => null)
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  let why: unknown
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const user = await lookUp()
    if (user !== null) return user
    const made = await makeUser()
    if (made === null) continue
    why = made
    if (isMissing(made)) break
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  const reason = why instanceof Error ? why.message.split('\n').at(-2) || why.message : 'it is not there afterwards'
  throw new StartMistake(
    `root needs a system user "${NAME}" to run Postgres, and it cannot be made (${reason.trim()}): make it, run Kvit as another user, or set DATABASE_URL`,
  )
}

async function lookUp(): Promise<Required<ServerUser> | null> {
  try {
    const ask = async (flag: string): Promise<number> => Number((await run('id', [flag, NAME])).stdout)
    return { uid: await ask('-u'), gid: await ask('-g') }
  } catch {
    return null
  }
}

/** @returns what the last command said that failed; null when one did it. */
async function makeUser(): Promise<unknown> {
  let last: unknown = null
  for (const [command, args] of MAKERS) {
    try {
      await run(command, args)
      return null
    } catch (error) {
      last = error
      if (!isMissing(error)) return error
    }
  }
  return last
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

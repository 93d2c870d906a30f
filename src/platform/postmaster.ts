import { readFile, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { commandLineOf, isAlive, isSameProcess, startOf, workingFolderOf } from './processes.ts'

/** The first process of a Postgres; the others are its children. */
export interface Postmaster {
  readonly pid: number
  readonly start: string | null
  readonly port: number
}

const STOP_TIMEOUT_MS = 30_000
const POLL_MS = 50

/** Who wrote `postmaster.pid`, and whether it is running now or the number belongs to nobody or to a stranger. */
export async function readPostmaster(
  databaseDir: string,
): Promise<(Postmaster & { readonly isRunning: boolean }) | null> {
  const text = await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').catch(() => null)
  // The first line is the process, the fourth the port.
  const lines = text?.split('\n') ?? []
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!Number.isInteger(pid) || pid <= 0) return null
  const start = startOf(pid)
  return { pid, start, port, isRunning: Number.isInteger(port) && port > 0 && (await isPostmasterOf(pid, databaseDir)) }
}

/** A postmaster works in the folder of its database, and has it on its command line. A stranger has neither. */
async function isPostmasterOf(pid: number, databaseDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  const folder = workingFolderOf(pid)
  if (folder !== null) return folder === (await realpath(databaseDir).catch(() => resolve(databaseDir)))
  const command = commandLineOf(pid)
  return command?.includes('postgres') === true && command.includes(databaseDir)
}

/** Ends a Postgres: transactions under way are rolled back, and what was committed is on disk. Never signals a stranger. */
export async function stopPostmaster(pid: number, start: string | null): Promise<void> {
  if (!isSameProcess(pid, start)) return
  process.kill(pid, 'SIGINT')
  const deadline = performance.now() + STOP_TIMEOUT_MS
  while (isSameProcess(pid, start) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
}

import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Numbers of processes are given away again: a lock file of a killed process may name a stranger by now. So
 * who keeps a number keeps the process's start with it, and compares both.
 */

/** Whether a process has this number, whichever it is. A zombie, which has ended and only waits to be reaped, is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether the process with this number is the one that had the start which `startOf` returned then; null where it was not known. */
export function isSameProcess(pid: number, start: string | null): boolean {
  if (!isAlive(pid)) return false
  const now = startOf(pid)
  return start === null || now === null || start === now
}

/**
 * When a process began, as a text that no other process with the same number has: on Linux the boot of the machine and
 * the clock ticks since, such as `6f1c…/183942`, elsewhere what `ps` says. Null where neither is there.
 */
export function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return askPs('lstart', pid)
  // The name is in parentheses and may itself have spaces and parentheses; the start is the 22nd field, the 20th after it.
  const ticks = statBehindName(pid)?.split(' ')[19]
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim()
  return ticks === undefined || boot === undefined ? null : `${boot}/${ticks}`
}

/** Names a part of this process among all that may own something, on any machine. */
export function ownerName(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}:${startOf(process.pid) ?? ''}`
}

/** Whether the process of an owner has ended, as far as this machine knows. */
export function isOwnerGone(owner: string): boolean {
  const [host, pid, , start] = owner.split(':')
  return host === hostname() && !isSameProcess(Number(pid), start || null)
}

/** The command line of a process; null when it is gone or may not be seen. */
export function commandLineOf(pid: number): string | null {
  if (process.platform !== 'linux') return askPs('command', pid)
  return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim() ?? null
}

/** The folder that a process works in, where the system says it. */
export function workingFolderOf(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  const stat = statBehindName(pid)
  return stat === null || stat.startsWith('Z ')
}

function statBehindName(pid: number): string | null {
  return readText(`/proc/${pid}/stat`)?.replace(/^.*\) /s, '') ?? null
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function askPs(field: string, pid: number): string | null {
  if (process.platform === 'win32') return null
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe' } as const
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], options).trim() || null
  } catch {
    return null
  }
}

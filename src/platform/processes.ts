import { readFileSync } from 'node:fs'

/** A zombie, which has ended and only waits to be reaped, is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').slice(-400).replace(/^.*\)/s, ''))
  } catch {
    return true
  }
}

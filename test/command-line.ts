import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The command line as a process of its own, as users have it. */
export const MAIN = join(import.meta.dirname, '../src/cli/main.ts')
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning']

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A process whose output is kept, so that a test can wait for a word of it. */
export class Command {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  out = ''
  err = ''

  /** @param env what differs from the environment of the tests; undefined unsets. */
  constructor(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}, main = MAIN) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(KVIT_|DATABASE_URL$|NODE_OPTIONS$)/.test(name))
    this.child = spawn(process.execPath, [...NODE_FLAGS, main, ...args], {
      env: { ...Object.fromEntries(inherited), KVIT_PORT: '0', ...env } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.child.stdin?.end()
    this.child.stdout?.on('data', (bytes) => (this.out += String(bytes)))
    this.child.stderr?.on('data', (bytes) => (this.err += String(bytes)))
    this.ended = new Promise((resolve) =>
      this.child.once('close', (code) => resolve({ code, out: this.out, err: this.err })),
    )
  }

  /** Waits until it has said something; fails when it ends before. */
  async says(text: string): Promise<void> {
    let hasEnded = false
    void this.ended.then(() => (hasEnded = true))
    while (!`${this.out}${this.err}`.includes(text)) {
      if (hasEnded) throw new Error(`it ended without saying "${text}": ${this.out}${this.err}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async interrupt(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<Ended> {
    this.child.kill(signal)
    return this.ended
  }
}

export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  return new Command(args, env).ended
}

/** `kvit …` against a running server, as its owner. @returns what it says; it must not fail */
export function commandsOf(
  { url, rootKey }: { readonly url: string; readonly rootKey: string },
  tenant: string,
): (...args: string[]) => Promise<string> {
  return async (...args) => {
    const ended = await runCommand(args, { KVIT_URL: url, KVIT_KEY: rootKey, KVIT_TENANT: tenant })
    if (ended.code !== 0) throw new Error(ended.err)
    return ended.out
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../src/platform/config.ts'

/** A server as a process of its own, which can be killed and comes back. */
export class ServerProcess {
  readonly config: Config
  private child: ChildProcess | undefined
  kills = 0
  /** Ended by itself, which no server should. */
  hasCrashed = false
  /** The same after every start, so that clients find it again. */
  private port = '0'
  tcpPort = '0'

  constructor(config: Config) {
    this.config = config
  }

  async start(): Promise<void> {
    const env = {
      ...process.env,
      KVIT_DATA: this.config.dataDir,
      KVIT_PORT: this.port,
      KVIT_TCP_PORT: this.tcpPort,
      KVIT_LOG_LEVEL: 'silent',
      KVIT_ARCHIVE_AFTER_HOURS: String(this.config.archiveAfterHours),
      ...(this.config.databaseUrl === null ? {} : { DATABASE_URL: this.config.databaseUrl }),
    }
    const child = spawn(process.execPath, [join(import.meta.dirname, '../src/cli/main.ts'), 'start'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.child = child
    child.once('exit', () => {
      this.hasCrashed = this.child === child
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const { url, tcpPort } = JSON.parse(readFileSync(join(this.config.dataDir, 'server.json'), 'utf8')) as {
      url: string
      tcpPort: number
    }
    this.port = new URL(url).port
    this.tcpPort = String(tcpPort)
    process.env['KVIT_URL'] = url
    process.env['KVIT_KEY'] = readFileSync(join(this.config.dataDir, 'root.key'), 'utf8').trim()
  }

  async kill(): Promise<void> {
    const { child } = this
    if (child === undefined) return
    this.child = undefined
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await exited
    this.kills++
  }
}

import type { Postmaster } from './postmaster.ts'
import { isSameProcess } from './processes.ts'

const LOOK_EVERY_MS = 250
/** Between two attempts to start it again. */
const MIN_PAUSE_MS = 250
const MAX_PAUSE_MS = 5_000

export type RunningPostmaster = Pick<Postmaster, 'pid' | 'start'>

/** Notices for the operator about a Postgres that is kept running. */
export interface KeeperLog {
  warn(context: object, text: string): void
}

/**
 * Starts a Postgres again when its first process has died, which takes the others with it: on the same port, so that
 * whoever uses it finds it again. One that does not start is tried again and again, and reported once.
 */
export class PostgresKeeper {
  private running: RunningPostmaster
  private readonly launch: () => Promise<RunningPostmaster>
  private readonly log: KeeperLog
  private timer: NodeJS.Timeout | undefined
  private isStopped = false
  private restarting: Promise<void> = Promise.resolve()

  /** @param launch starts it, and resolves with its process when it answers */
  constructor(running: RunningPostmaster, launch: () => Promise<RunningPostmaster>, log: KeeperLog) {
    this.running = running
    this.launch = launch
    this.log = log
    this.look()
  }

  private look(): void {
    this.timer = setTimeout(() => {
      if (isSameProcess(this.running.pid, this.running.start)) return this.look()
      this.restarting = this.restart().then(() => {
        if (!this.isStopped) this.look()
      })
    }, LOOK_EVERY_MS)
    this.timer.unref()
  }

  private async restart(): Promise<void> {
    this.log.warn({ pid: this.running.pid }, 'the bundled Postgres has died and is started again')
    let pauseMs = MIN_PAUSE_MS
    for (let hasTold = false; !this.isStopped; ) {
      try {
        this.running = await this.launch()
        this.log.warn({ pid: this.running.pid }, 'the bundled Postgres runs again')
        return
      } catch (error) {
        // Other processes of a killed server hold its port and memory for a moment.
        if (!hasTold && pauseMs > 1_000)
          this.log.warn({ err: error }, 'the bundled Postgres does not start; tried again')
        hasTold ||= pauseMs > 1_000
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)
      }
    }
  }

  /** Starts it no more. @returns the process that is left to be ended. */
  async stop(): Promise<RunningPostmaster> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.restarting
    return this.running
  }
}

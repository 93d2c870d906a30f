import { setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { Gate, type GateLimits } from './gate.ts'
import { startHeavyThread } from './heavy-thread.ts'
import { Refusal } from './problems.ts'
import { type FromWorker, failureOf, outcomeValue, type ToWorker } from './worker-jobs.ts'

export interface WorkerPoolOptions {
  /** What its jobs are, for those who are refused: "plan files". */
  readonly title: string
  /** A module that calls `doJobs`. */
  readonly file: URL
  readonly threads: number
  readonly limits: Omit<GateLimits, 'atOnce'>
  /** A job that takes more processor time is ended together with its thread; one that waits for it, after some times as long. */
  readonly deadlineMs: number
  /** Of the memory of JavaScript in one thread; a job that needs more is ended. */
  readonly maxHeapMb: number
  /** Bytes that were handed to and from a thread after which another one takes its place, and its memory is free. */
  readonly wornOutBytes?: number
  /** What the module gets when a thread begins. */
  readonly data?: unknown
}

/** How many times its deadline a job may take where a busy machine leaves it less processor time than that. */
const PATIENCE = 6
/** How soon a thread is looked at again that has nearly had its time. */
const LOOK_AGAIN_MS = 200

/** A job for a thread. */
export interface Job {
  readonly message: unknown
  /** Memory that goes over to the thread; nobody else may have it. */
  readonly transfer?: readonly ArrayBuffer[]
}

interface Thread {
  readonly worker: Worker
  /** What it was sent before, for senders who do not send it again. */
  readonly told: Map<unknown, number>
  bytes: number
  /** Of the job at work; each thread has one at a time. */
  onMessage: (message: FromWorker) => void
  onEnd: (error: unknown) => void
}

/** Threads for work that would keep the thread of charging busy for too long. They are started when first needed. */
export class WorkerPool {
  private readonly options: WorkerPoolOptions
  private readonly gate: Gate
  private readonly idle: Thread[] = []
  private readonly threads = new Set<Thread>()
  private isClosed = false

  constructor(options: WorkerPoolOptions) {
    this.options = options
    this.gate = new Gate(options.title, { ...options.limits, atOnce: options.threads })
  }

  /**
   * @param owner - whose work it is: owners take turns
   * @param makeJob - is called when a thread is free; it may keep in `told` what that thread knows from then on
   * @param onCall - answers what the job calls for meanwhile
   * @throws Refusal where too much waits already, and where the job takes too long or needs too much memory
   */
  async run(
    owner: string,
    makeJob: (told: Map<unknown, number>) => Job,
    onCall?: (name: string, args: readonly unknown[]) => Promise<unknown>,
    deadlineMs: number = this.options.deadlineMs,
  ): Promise<unknown> {
    return this.gate.run(owner, async () => {
      if (this.isClosed) throw new Refusal('engine_unavailable', 'the server is closing')
      const thread = this.idle.pop() ?? this.start()
      return this.work(thread, makeJob(thread.told), onCall, deadlineMs)
    })
  }

  private async work(
    thread: Thread,
    { message, transfer = [] }: Job,
    onCall: ((name: string, args: readonly unknown[]) => Promise<unknown>) | undefined,
    deadlineMs: number,
  ): Promise<unknown> {
    const { title } = this.options
    const { worker } = thread
    const sent = transfer.reduce((sum, { byteLength }) => sum + byteLength, 0)
    const watch = new AbortController()
    try {
      const outcome = await new Promise<Extract<FromWorker, { kind: 'done' }>['outcome']>((resolve, reject) => {
        void overdue(worker, deadlineMs, watch.signal).then((isOverdue) => {
          if (!isOverdue) return
          void worker.terminate()
          const detail = `${title}: this took longer than ${deadlineMs / 1000} seconds and was ended`
          reject(new Refusal('unprocessable', detail))
        })
        thread.onEnd = reject
        thread.onMessage = (answer) => {
          if (answer.kind === 'done') resolve(answer.outcome)
          else void this.returnCall(worker, answer, onCall)
        }
        worker.postMessage({ kind: 'job', message } satisfies ToWorker, [...transfer])
      })
      const value = 'value' in outcome && ArrayBuffer.isView(outcome.value) ? outcome.value.byteLength : 0
      thread.bytes += sent + value
      if (thread.bytes < (this.options.wornOutBytes ?? Number.POSITIVE_INFINITY)) this.idle.push(thread)
      else void worker.terminate()
      return outcomeValue(outcome)
    } finally {
      watch.abort()
    }
  }

  private async returnCall(
    worker: Worker,
    { number, name, args }: Extract<FromWorker, { kind: 'call' }>,
    onCall?: (name: string, args: readonly unknown[]) => Promise<unknown>,
  ): Promise<void> {
    try {
      const value = await onCall?.(name, args)
      worker.postMessage({ kind: 'return', number, outcome: { value } } satisfies ToWorker)
    } catch (error) {
      worker.postMessage({ kind: 'return', number, outcome: failureOf(error) } satisfies ToWorker)
    }
  }

  private start(): Thread {
    const { title, file, maxHeapMb, data } = this.options
    const worker = startHeavyThread(file, data, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } })
    const thread: Thread = { worker, told: new Map(), bytes: 0, onMessage: () => undefined, onEnd: () => undefined }
    this.threads.add(thread)
    const end = (error: unknown): void => {
      this.threads.delete(thread)
      const at = this.idle.indexOf(thread)
      if (at >= 0) this.idle.splice(at, 1)
      thread.onEnd(error)
    }
    worker.on('message', (message: FromWorker) => thread.onMessage(message))
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const detail = `${title}: this needs more than ${maxHeapMb} MB of memory and was ended`
      end(isOutOfMemory ? new Refusal('unprocessable', detail) : error)
    })
    worker.on('exit', () => end(new Refusal('engine_unavailable', `${title}: the work was ended`)))
    worker.unref()
    return thread
  }

  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all([...this.threads].map(({ worker }) => worker.terminate()))
  }
}

/** Resolves when the job of a thread has had its time, or with false when it is no longer watched. */
async function overdue(worker: Worker, deadlineMs: number, signal: AbortSignal): Promise<boolean> {
  const begunMs = performance.now()
  const usedMs = async (): Promise<number> => {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1000
  }
  try {
    const before = await usedMs()
    for (let restMs = deadlineMs; restMs > 0; ) {
      await setTimeout(Math.max(restMs, LOOK_AGAIN_MS), undefined, { signal, ref: false })
      if (performance.now() - begunMs >= PATIENCE * deadlineMs) return true
      restMs = deadlineMs - ((await usedMs()) - before)
    }
    return true
  } catch {
    // It was answered, or the thread has ended: whoever waits knows.
    return false
  }
}

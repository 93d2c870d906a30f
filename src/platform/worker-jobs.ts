import { parentPort } from 'node:worker_threads'
import { TooManySteps } from '../core/base/calendar-range.ts'
import { type ProblemCode, Refusal } from './problems.ts'

/** What a thread is sent: a job, or what a call of its has returned. */
export type ToWorker =
  | { readonly kind: 'job'; readonly message: unknown }
  | { readonly kind: 'return'; readonly number: number; readonly outcome: Outcome }

/** What a thread sends: what its job came to, or a call to the thread that gave it the job. */
export type FromWorker =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'call'; readonly number: number; readonly name: string; readonly args: readonly unknown[] }

/** A value or an error, as it crosses threads. */
export type Outcome =
  | { readonly value: unknown }
  | {
      readonly failure: {
        readonly code: ProblemCode
        readonly detail: string
        readonly extra: Readonly<Record<string, unknown>>
      }
    }

/** Calls the thread that gave the job, and waits for what it returns. */
export type Call = (name: string, ...args: readonly unknown[]) => Promise<unknown>

export function failureOf(error: unknown): Outcome {
  if (error instanceof Refusal) return { failure: { code: error.code, detail: error.message, extra: error.extra } }
  if (error instanceof TooManySteps) return failureOf(new Refusal('unprocessable', error.message))
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { failure: { code: 'internal', detail, extra: {} } }
}

/** @throws what the other thread has thrown: refusals as such, everything else as an error with its text. */
export function outcomeValue(outcome: Outcome): unknown {
  if ('value' in outcome) return outcome.value
  const { code, detail, extra } = outcome.failure
  throw code === 'internal' ? new Error(detail) : new Refusal(code, detail, extra)
}

/** A value with the memory that goes over to the other thread with it. */
export class Handed {
  readonly value: unknown
  readonly buffers: readonly ArrayBuffer[]

  constructor(value: unknown, buffers: readonly ArrayBuffer[]) {
    this.value = value
    this.buffers = buffers
  }
}

/** Does the jobs of a `WorkerPool` in this thread: one at a time, all with one `call`. A result may be `Handed`. */
export function doJobs(work: (message: never, call: Call) => unknown): void {
  const calls = new Map<number, (outcome: Outcome) => void>()
  let number = 0
  const call: Call = async (name, ...args) => {
    const mine = ++number
    const returned = new Promise<Outcome>((resolve) => calls.set(mine, resolve))
    parentPort?.postMessage({ kind: 'call', number: mine, name, args } satisfies FromWorker)
    return outcomeValue(await returned)
  }
  const answer = async (message: unknown): Promise<void> => {
    try {
      const result = await work(message as never, call)
      const [value, buffers] = result instanceof Handed ? [result.value, result.buffers] : [result, []]
      parentPort?.postMessage({ kind: 'done', outcome: { value } } satisfies FromWorker, [...buffers])
    } catch (error) {
      parentPort?.postMessage({ kind: 'done', outcome: failureOf(error) } satisfies FromWorker)
    }
  }
  parentPort?.on('message', (message: ToWorker) => {
    if (message.kind === 'job') {
      void answer(message.message)
      return
    }
    calls.get(message.number)?.(message.outcome)
    calls.delete(message.number)
  })
}

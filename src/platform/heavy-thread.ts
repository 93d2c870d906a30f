import { Worker, type WorkerOptions, workerData } from 'node:worker_threads'

/** What a thread for heavy work is started with. */
export interface HeavyThreadData {
  /** The module that does its work. */
  readonly href: string
  readonly data: unknown
}

/**
 * Starts a thread for work that must never keep charging from a processor: on Linux it comes after all other threads of the
 * process from its first moment, also while it loads its module, which takes half a second of a processor.
 * @param data what `heavyThreadData` returns there
 */
export function startHeavyThread(
  file: URL,
  data: unknown = null,
  options: Omit<WorkerOptions, 'workerData'> = {},
): Worker {
  const given: HeavyThreadData = { href: file.href, data }
  return new Worker(new URL('heavy-thread-main.ts', import.meta.url), { ...options, workerData: given })
}

/** What the thread that asks was started with. */
export function heavyThreadData(): unknown {
  return (workerData as HeavyThreadData).data
}

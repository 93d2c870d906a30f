import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { systemClock } from '../../platform/clock.ts'
import { isOwnerGone, ownerName } from '../../platform/processes.ts'
import { packFacts } from '../journal/segment-payload.ts'

/** What a partition takes from the process that it runs in. A simulation gives its own, so that a seed decides it all. */
export interface Environment {
  /** The real time, never that of a tenant's test clock. */
  nowMs(): number
  /** Milliseconds that never go back, whatever is done to the clock. */
  monotonicMs(): number
  random(bytes: number): Buffer
  /** Names a partition object among all that may own its journal. */
  ownerName(): string
  /** Whether the owner is a process that is no more: its lease need not be waited for. */
  isGone(owner: string): boolean
  /** Whether work that began then has kept the thread for long enough. */
  isTurnOver(sinceMs: number): boolean
  /** Behind everything that has happened already. */
  nextTurn(): Promise<void>
  /** Time that passes; work in the background is done again after it. */
  pause(ms: number): Promise<void>
  /** @returns what stops it. */
  after(ms: number, work: () => void): () => void
  every(ms: number, work: () => void): () => void
  /** Makes a segment's payload; the bytes are the caller's again when it returns. */
  pack(bytes: Buffer): Promise<Buffer>
  /** Records that are worth a segment beside one in flight; fewer wait for its commit, and make one together. */
  readonly bulkRecords: number
}

/** How long one decision keeps the thread: a record may be charged by a thousand prices. Encoding it comes on top. */
const TURN_MS = 12

export const PROCESS: Environment = {
  nowMs: () => systemClock.nowMs(),
  monotonicMs: () => performance.now(),
  random: (bytes) => randomBytes(bytes),
  ownerName,
  // What this process has left itself, it may take.
  isGone: (owner) => owner.startsWith(`${hostname()}:${process.pid}:`) || isOwnerGone(owner),
  isTurnOver: (sinceMs) => performance.now() - sinceMs >= TURN_MS,
  nextTurn: async () => new Promise((resolve) => setImmediate(resolve)),
  pause: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref()
    return () => clearTimeout(timer)
  },
  every(ms, work) {
    const timer = setInterval(work, ms)
    return () => clearInterval(timer)
  },
  pack: packFacts,
  bulkRecords: 800,
}

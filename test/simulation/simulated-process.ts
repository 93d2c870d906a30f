import { constants, zstdCompressSync } from 'node:zlib'
import type { Environment } from '../../src/engine/partition/environment.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'

/** How a payload begins that is compressed. */
const ZSTD = 1
const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }

/** Time must pass between turns, or whoever waits turn by turn would wait for ever. */
const TURN_MS = 0.05

/** A process that can end at any moment: nothing of it goes on then, and nothing it waited for is answered. */
export class SimulatedProcess implements Environment {
  readonly name: string
  isDead = false
  /** Some processes always have several segments in flight. */
  readonly bulkRecords: number
  private readonly timeline: Timeline
  private readonly chance: Chance
  private readonly isLost: (owner: string) => boolean
  private readonly waiting = new Set<(error: Error) => void>()

  constructor(name: string, timeline: Timeline, chance: Chance, isLost: (owner: string) => boolean) {
    this.name = name
    this.timeline = timeline
    this.chance = chance
    this.isLost = isLost
    this.bulkRecords = chance.int(0, 1) === 0 ? 1 : 20
  }

  /** Time that passes for this process; if it ends meanwhile, for ever. */
  async pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** A call from outside: it breaks off when the process ends. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new ConnectionLost(this.name)
    return new Promise<T>((resolve, reject) => {
      this.waiting.add(reject)
      work()
        .then(resolve, reject)
        .finally(() => this.waiting.delete(reject))
    })
  }

  kill(): void {
    this.isDead = true
    for (const reject of this.waiting) reject(new ConnectionLost(this.name))
    this.waiting.clear()
  }

  nowMs = (): number => this.timeline.wallMs()
  monotonicMs = (): number => this.timeline.nowMs
  isGone = (owner: string): boolean => this.isLost(owner)

  random(bytes: number): Buffer {
    return this.chance.bytes(bytes)
  }

  ownerName(): string {
    return this.name
  }

  /** Time stands still while something is decided: at random, others have their turn between its steps. */
  isTurnOver(): boolean {
    return this.chance.int(0, 3) === 0
  }

  async nextTurn(): Promise<void> {
    return this.pause(TURN_MS)
  }

  after(ms: number, work: () => void): () => void {
    return this.timeline.after(ms, () => {
      if (!this.isDead) work()
    })
  }

  every(ms: number, work: () => void): () => void {
    let stop = this.after(ms, () => {
      stop = this.every(ms, work)
      work()
    })
    return () => stop()
  }

  async pack(bytes: Buffer): Promise<Buffer> {
    const own = Buffer.from(bytes)
    await this.pause(this.chance.int(0, 3))
    return Buffer.concat([Buffer.of(ZSTD), zstdCompressSync(own, COMPRESSION)])
  }
}

/** The process ended before it answered: the outcome is unknown to whoever asked. */
export class ConnectionLost extends Error {}

import { createHash, type Hash } from 'node:crypto'

interface Happening {
  readonly atMs: number
  readonly order: number
  readonly work: () => void
}

/** Simulated time: what is due happens one after another, and nothing happens by itself. */
export class Timeline {
  nowMs = 0
  /** Between the clock on the wall and the time that passes: clocks are set forward and back. */
  wallOffsetMs = 0
  private order = 0
  private readonly heap: Happening[] = []
  private readonly digest: Hash = createHash('sha256')
  private readonly isVerbose: boolean
  readonly lastLines: string[] = []

  constructor(isVerbose: boolean) {
    this.isVerbose = isVerbose
  }

  wallMs(): number {
    return Math.floor(this.nowMs) + this.wallOffsetMs
  }

  /** @returns what stops it. */
  after(ms: number, work: () => void): () => void {
    let isStopped = false
    const happening = { atMs: this.nowMs + ms, order: this.order++, work: () => (isStopped ? undefined : work()) }
    const { heap } = this
    let at = heap.push(happening) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(happening, heap[parent] as Happening)) break
      heap[at] = heap[parent] as Happening
      at = parent
    }
    heap[at] = happening
    return () => {
      isStopped = true
    }
  }

  async pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Lets what is due happen until `isDone`; what one happening sets off is finished before the next. */
  async run(isDone: () => boolean, untilMs: number): Promise<void> {
    while (!isDone()) {
      if (this.nowMs > untilMs) throw new Error(`somebody still waits at ${this.nowMs}`)
      const next = this.takeFirst()
      if (next === undefined) throw new Error('nothing is left to happen, and somebody waits')
      this.nowMs = next.atMs
      next.work()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** The trace: two runs of a seed write the same. */
  note(line: string): void {
    const text = `${this.nowMs.toFixed(2)} ${line}`
    this.digest.update(`${text}\n`)
    if (this.isVerbose) process.stdout.write(`${text}\n`)
    this.lastLines.push(text)
    if (this.lastLines.length > 40) this.lastLines.shift()
  }

  traceDigest(): string {
    return this.digest.copy().digest('hex')
  }

  private takeFirst(): Happening | undefined {
    const { heap } = this
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Happening, heap[child] as Happening)) child++
      if (!isBefore(heap[child] as Happening, last)) break
      heap[at] = heap[child] as Happening
      at = child
    }
    heap[at] = last
    return first
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

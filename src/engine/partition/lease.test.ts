import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Journal, PartitionRow } from '../journal/journal-store.ts'
import type { Environment } from './environment.ts'
import { assertGoesOn, Lease, within } from './lease.ts'

const ROW: PartitionRow = {
  epoch: 7n,
  headSeq: 10,
  headDigest: Buffer.from('ten'),
  checkpointSeq: 0,
  archivedSeq: 0,
  hashSeed: Buffer.alloc(16),
}

/** Time that goes on when it is told, and a database that answers or is silent. */
class World {
  nowMs = 0
  isSilent = false
  owner: string | null = null
  leaseUntilMs = 0
  private readonly timers: { atMs: number; everyMs: number | null; work: () => void }[] = []

  readonly around = {
    monotonicMs: () => this.nowMs,
    isGone: () => false,
    after: (ms: number, work: () => void) => this.timer(ms, null, work),
    every: (ms: number, work: () => void) => this.timer(ms, ms, work),
  } as unknown as Environment

  readonly store = {
    findOwner: async () => this.owner,
    acquire: async (owner: string, leaseMs: number) => {
      if (this.owner !== null && this.leaseUntilMs >= this.nowMs) return null
      this.owner = owner
      this.leaseUntilMs = this.nowMs + leaseMs
      return ROW
    },
    renew: async (_epoch: bigint, leaseMs: number) => {
      if (this.isSilent) return new Promise(() => undefined)
      this.leaseUntilMs = this.nowMs + leaseMs
      return true
    },
    findDigest: async (seq: number) => (seq === 9 ? Buffer.from('nine') : null),
  } as unknown as Journal

  private timer(ms: number, everyMs: number | null, work: () => void): () => void {
    const timer = { atMs: this.nowMs + ms, everyMs, work }
    this.timers.push(timer)
    return () => void this.timers.splice(this.timers.indexOf(timer), this.timers.includes(timer) ? 1 : 0)
  }

  async pass(ms: number): Promise<void> {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; this.nowMs += 100) {
      for (const timer of this.timers.filter(({ atMs }) => atMs <= this.nowMs)) {
        if (timer.everyMs === null) this.timers.splice(this.timers.indexOf(timer), 1)
        else timer.atMs += timer.everyMs
        timer.work()
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

test('a lease is held as long as it is confirmed, and its holder stops before another may take it', async () => {
  const world = new World()
  const lost: bigint[] = []
  const lease = new Lease(world.store, 'first', world.around, (_error, epoch) => lost.push(epoch))
  const other = new Lease(world.store, 'second', world.around, () => undefined)
  await lease.take()
  await world.pass(60_000)
  assert.equal(lease.isHeld, true)
  await assert.rejects(other.take(), /another process owns this tenant's journal \(first\)/)
  world.isSilent = true
  let stoppedMs: number | null = null
  for (;;) {
    await world.pass(100)
    if (lost.length > 0) stoppedMs ??= world.nowMs
    const isTaken = await other.take().then(
      () => true,
      () => false,
    )
    if (isTaken) break
  }
  assert.deepEqual(lost, [7n])
  assert.equal(lease.isHeld, false)
  assert.ok(stoppedMs !== null && stoppedMs < world.nowMs, `stopped at ${stoppedMs}, taken at ${world.nowMs}`)
})

test('a renewal that is cut off is asked for again while the lease is held', async () => {
  const world = new World()
  const lost: bigint[] = []
  const lease = new Lease(world.store, 'first', world.around, (_error, epoch) => lost.push(epoch))
  await lease.take()
  for (let n = 0; n < 10; n++) {
    world.isSilent = true
    await world.pass(2_000)
    world.isSilent = false
    await world.pass(6_000)
  }
  assert.equal(lease.isHeld, true)
  assert.deepEqual(lost, [])
})

test('what is not confirmed in time has an unknown outcome, whatever comes of it later', async () => {
  const world = new World()
  const late = new Promise((resolve) => world.around.after(6_000, () => resolve('late')))
  const waiting = assert.rejects(within(world.around, 5_000, late), /did not confirm in time: the outcome is unknown/)
  await world.pass(7_000)
  await waiting
  assert.equal(await within(world.around, 5_000, Promise.resolve('soon')), 'soon')
})

const KNOWN: readonly (readonly [what: string, seq: number, digest: string, refusal: RegExp | null])[] = [
  ['nothing', 0, '', null],
  ['the head', 10, 'ten', null],
  ['a segment before the head', 9, 'nine', null],
  ['a segment behind the head', 11, 'eleven', /segment 11 of this journal was acknowledged, .* ends at segment 10/],
  ['another head', 10, 'other', /has another segment 10/],
  ['another segment before the head', 9, 'other', /has another segment 9/],
]

for (const [what, seq, digest, refusal] of KNOWN)
  test(`S10: of a journal ${what} was known`, async () => {
    const check = assertGoesOn(new World().store, ROW, { seq, digest: Buffer.from(digest) })
    await (refusal === null ? check : assert.rejects(check, refusal))
  })

import { randomFillSync } from 'node:crypto'
import { uuidV7 } from '../core/base/id.ts'

/** Where time comes from. The shell has one; a tenant may have a test clock that only moves when it is set. */
export interface Clock {
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

let lastMs = 0
let count = 0
/** Ids of one millisecond: their number is in the 12 bits after the time. */
const MAX_COUNT = 0x1000
/** Random bytes for many ids: asking for those of each would take longer than all the rest of it. */
const random = Buffer.alloc(4_000)
const OF_ONE = 10
let used = random.length

/** A new id that sorts by its creation, after all ids that this process made before, whatever a test clock says. */
export function newId(): string {
  const nowMs = systemClock.nowMs()
  if (nowMs > lastMs) [lastMs, count] = [nowMs, 0]
  else if (++count === MAX_COUNT) [lastMs, count] = [lastMs + 1, 0]
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const own = random.subarray(used, used + OF_ONE)
  used += OF_ONE
  own.writeUInt16BE(count, 0)
  return uuidV7(lastMs, own)
}

import { randomBytes } from 'node:crypto'
import { uuidV7 } from '../core/base/id.ts'

/** Where time comes from. The shell has one; a tenant may have a test clock that only moves when told. */
export interface Clock {
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

/** A new id that sorts by the real time of its creation, whatever a tenant's test clock says. */
export function newId(): string {
  return uuidV7(systemClock.nowMs(), randomBytes(10))
}

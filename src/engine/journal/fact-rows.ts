import { LOT_SOURCES } from '../../core/charging/balances.ts'
import { MOVEMENT_KINDS, type Movement } from '../../core/charging/movements.ts'
import type { hashUsageRecord } from '../../core/mediation/usage-batch.ts'
import type { SegmentFacts } from './segment.ts'

/** What a record is identified by. */
export function recordAt(facts: SegmentFacts, row: number): Parameters<typeof hashUsageRecord>[1] {
  return {
    id: facts.id[row] as string,
    source: facts.sources[facts.source[row] as number] as string,
    service: facts.services[facts.service[row] as number] as string,
    type: facts.types[facts.type[row] as number] as string,
    data: facts.data[row] as string,
    startMs: facts.startMs[row] as number,
    endMs: facts.endMs[row] as number,
  }
}

/** A movement of a segment, with names instead of places. */
export function movementAt(facts: SegmentFacts, at: number): Movement {
  const unit = facts.moveUnit[at] as number
  return {
    account: facts.accounts[facts.moveAccount[at] as number] as string,
    member: facts.accounts[facts.moveMember[at] as number] as string,
    period: facts.movePeriod[at] as number,
    lot: facts.moveLot[at] as number,
    unit: unit === 0 ? null : (facts.units[unit - 1] as string),
    source: LOT_SOURCES[(facts.moveSource[at] as number) - 1] ?? null,
    kind: MOVEMENT_KINDS[(facts.moveKind[at] as number) - 1] as Movement['kind'],
    remaining: facts.moveRemaining[at] as bigint,
    held: facts.moveHeld[at] as bigint,
  }
}

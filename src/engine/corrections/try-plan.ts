import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { PlanInPhase } from '../definitions/definitions.ts'
import type { Ground } from '../memory/ground.ts'
import { isFault } from '../rating/fault.ts'
import { bookTried } from './book-changes.ts'
import { usesUnder } from './locate-replacement.ts'
import type { Folds } from './read-folds.ts'
import { rebook } from './rebook.ts'
import { carryFault, Reversals } from './reverse.ts'
import type { StandingRecord } from './standing-records.ts'
import { standingUses } from './standing-uses.ts'

/** A record as it is charged, and as it would be; a fault says why it would stay as it is. */
export interface TriedRecord {
  readonly fault: readonly [reason: string, detail: string] | null
  /** At the currency's rating scale. */
  readonly before: bigint
  readonly after: bigint
  /** Change of all charges: those of other records of the counter may have paid for it. */
  readonly difference: bigint
}

/** The plan that a record is charged by in place of its own, in the phase that it would be in at that time. */
export type PlanOf = (record: StandingRecord) => PlanInPhase

/** Charges records under other plans, on copies of counters, as a correction would. */
export function tryPlan(
  ground: Ground,
  folds: Folds,
  batch: UsageBatch,
  records: readonly StandingRecord[],
  planOf: PlanOf,
): TriedRecord[] {
  const reversals = new Reversals(ground, folds)
  return records.map((standing, row) => tryRecord(ground, reversals, batch, row, standing, planOf))
}

function tryRecord(
  ground: Ground,
  reversals: Reversals,
  batch: UsageBatch,
  row: number,
  standing: StandingRecord,
  planOf: PlanOf,
): TriedRecord {
  const { definitions } = ground
  const before = standing.charges.reduce((sum, { amount }) => sum + amount, 0n)
  const service = definitions.services.find(batch.serviceHash, row * 4, standing.startMs)
  const plan = planOf(standing)
  const subscription = definitions.subscriptions.numberOf(standing.subscriptionId)
  const found: ReturnType<typeof usesUnder> =
    service < 0
      ? ['unknown_service', `service: ${standing.service}`]
      : usesUnder(ground, batch, row, { standing, service, subscription, plan })
  if (isFault(found)) return { fault: found, before, after: before, difference: 0n }
  const old = standingUses(ground, batch, row, standing)
  const fault = carryFault([...old.map(({ use }) => use), ...found])
  if (fault !== null) return { fault, before, after: before, difference: 0n }
  const back = bookTried(ground, reversals.reverse(standing.subscriptionId, old, true))
  // What a series makes of the record is known when it is out of the other one.
  const again = usesUnder(ground, batch, row, { standing, service, subscription, plan })
  const after = bookTried(ground, [rebook(old, isFault(again) ? found : again)])
  return { fault: null, before, after, difference: back + after }
}

import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { PlanInPhase } from '../definitions/names.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { isFault } from '../rating/fault.ts'
import { bookTried } from './book-changes.ts'
import type { EffectiveRecord } from './effective-records.ts'
import { effectiveUses } from './effective-uses.ts'
import { usesUnder } from './locate-replacement.ts'
import { rebook } from './rebook.ts'
import { carryFault, Reversals } from './reverse.ts'
import type { SeriesInputs } from './series-inputs.ts'

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
export type PlanOf = (record: EffectiveRecord) => PlanInPhase

/** Charges records under other plans, on copies of counters, as a correction would. */
export function tryPlan(
  counterMemory: CounterMemory,
  seriesInputs: SeriesInputs,
  batch: UsageBatch,
  records: readonly EffectiveRecord[],
  planOf: PlanOf,
): TriedRecord[] {
  const reversals = new Reversals(counterMemory, seriesInputs)
  return records.map((effective, row) => tryRecord(counterMemory, reversals, batch, row, effective, planOf))
}

function tryRecord(
  counterMemory: CounterMemory,
  reversals: Reversals,
  batch: UsageBatch,
  row: number,
  effective: EffectiveRecord,
  planOf: PlanOf,
): TriedRecord {
  const { definitions } = counterMemory
  const before = effective.charges.reduce((sum, { amount }) => sum + amount, 0n)
  const service = definitions.parties.services.find(batch.serviceHash, row * 4, effective.startMs)
  const plan = planOf(effective)
  const subscription = definitions.parties.subscriptions.numberOf(effective.subscriptionId)
  const found: ReturnType<typeof usesUnder> =
    service < 0
      ? ['unknown_service', `service: ${effective.service}`]
      : usesUnder(counterMemory, batch, row, { effective, service, subscription, plan })
  if (isFault(found)) return { fault: found, before, after: before, difference: 0n }
  const old = effectiveUses(counterMemory, batch, row, effective)
  const fault = carryFault([...old.map(({ use }) => use), ...found])
  if (fault !== null) return { fault, before, after: before, difference: 0n }
  const back = bookTried(counterMemory, reversals.reverse(effective.subscriptionId, old, true))
  // What a series makes of the record is known when it is out of the other one.
  const again = usesUnder(counterMemory, batch, row, { effective, service, subscription, plan })
  const after = bookTried(counterMemory, [rebook(old, isFault(again) ? found : again)])
  return { fault: null, before, after, difference: back + after }
}

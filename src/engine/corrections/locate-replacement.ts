import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { PlanInPhase } from '../definitions/names.ts'
import { copyCounterMemory } from '../memory/copy-counter-memory.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { findService, noPriceFor } from '../rating/find-service.ts'
import { type Acceptance, locateRecord, locateUses } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { bookTried } from './book-changes.ts'
import type { EffectiveRecord } from './effective-records.ts'
import { type EffectiveUse, effectiveUses } from './effective-uses.ts'
import { carryFault, Reversals } from './reverse.ts'
import type { SeriesInputs } from './series-inputs.ts'

/** A record to be corrected, and the rows of the batch that have it as it is and as it shall be. */
export interface CorrectionItem {
  readonly effective: EffectiveRecord
  readonly row: number
  /** Null retracts. A plan prices anew what was rated; without one the record is charged as if it came today. */
  readonly replacement: Replacement | null
  /** The segment in which memory has its refund, as it was looked at before; absent where refunds are corrected, too. */
  readonly refundSeq?: number | null
}

interface Replacement {
  readonly row: number
  readonly plan: PlanInPhase | null
}

/** The service, account and subscription that a record is rebooked to. */
export interface Place {
  readonly service: number
  readonly subscription: number
  readonly account: number
  readonly uses: readonly LocatedUse[]
  readonly startMs: number
}

export type Refused = readonly [reason: string, detail: string]

export interface Located {
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  readonly seriesInputs: SeriesInputs
}

/** Where the replacement would be charged; tried without the record, where it is part of a series. */
export function tryReplacement(
  counterMemory: CounterMemory,
  { batch, acceptance, seriesInputs }: Located,
  item: CorrectionItem,
  replacement: Replacement,
  old: readonly EffectiveUse[],
): Place | Refused {
  const found = locateReplacement(counterMemory, { batch, acceptance }, item, replacement)
  const uses = isFault(found) ? [] : found.uses
  if (!hasSeries(old, uses)) return found
  if (replacement.plan !== null) return carryFault([...old.map(({ use }) => use), ...uses]) ?? found
  const { subscriptionId } = item.effective
  const target = subscriptionOf(counterMemory, batch, replacement.row) ?? subscriptionId
  // Where the record goes to another subscription, taking it out of this one mends nothing.
  if (target !== subscriptionId && isFault(found)) return found
  const copy = copyCounterMemory(counterMemory, new Set([subscriptionId, target]))
  const effective = effectiveUses(copy, batch, item.row, item.effective)
  bookTried(copy, new Reversals(copy, seriesInputs).reverse(subscriptionId, effective, false))
  return locateReplacement(copy, { batch, acceptance }, item, replacement)
}

/** The subscription that the record of a row goes to; null where there is none. */
function subscriptionOf({ definitions }: CounterMemory, batch: UsageBatch, row: number): string | null {
  const found = findService(
    definitions,
    batch.serviceHash,
    row * 4,
    valueAt(batch.type, row),
    batch.startMs[row] as number,
  )
  return isFault(found) ? null : definitions.parties.subscriptions.idOf(found.subscription)
}

/** Where the replacement will be charged. */
export function locateReplacement(
  counterMemory: CounterMemory,
  { batch, acceptance }: Pick<Located, 'batch' | 'acceptance'>,
  { row, effective }: CorrectionItem,
  { row: newRow, plan }: Replacement,
): Place | Fault {
  const { definitions } = counterMemory
  const startMs = batch.startMs[newRow] as number
  if (plan === null) {
    const found = locateRecord({ state: counterMemory, batch, acceptance }, newRow, startMs)
    return isFault(found)
      ? found
      : { ...found, account: definitions.parties.services.accountOf(found.service), startMs }
  }
  const service = definitions.parties.services.find(batch.serviceHash, row * 4, startMs)
  if (service < 0) return ['unknown_service', `service: ${effective.service}`]
  const subscription = definitions.parties.subscriptions.numberOf(effective.subscriptionId)
  const uses = usesUnder(counterMemory, batch, newRow, { effective, service, subscription, plan })
  const account = present(definitions.parties.subscriptions.accountOf(subscription), 'an account')
  return isFault(uses) ? uses : { service, subscription, uses, account, startMs }
}

/** The prices of another plan for a record, in the subscription and the period that it is charged to. */
export function usesUnder(
  counterMemory: CounterMemory,
  batch: UsageBatch,
  row: number,
  to: { effective: EffectiveRecord; service: number; subscription: number; plan: PlanInPhase },
): readonly LocatedUse[] | Fault {
  const { effective, service, subscription, plan } = to
  const { definitions } = counterMemory
  const prices = definitions.catalog.pricesFor(
    definitions.catalog.numberOfPlan(plan.planVersionId, plan.phase),
    effective.type,
  )
  if (prices === undefined) return noPriceFor(effective.type)
  const period = toDayNumber(present(effective.charges[0], 'a charge').periodStart)
  const { startMs, endMs } = effective
  return locateUses(counterMemory, batch, row, { service, subscription, prices, period, startMs, endMs, before: [] })
}

export function hasSeries(old: readonly EffectiveUse[], anew: readonly LocatedUse[]): boolean {
  return [...old.map(({ use }) => use), ...anew].some(({ meter }) => !meter.price.isAdditive)
}

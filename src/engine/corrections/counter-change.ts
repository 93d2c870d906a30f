import { accumulate } from '../../core/rating/accumulate.ts'
import { chargedAmount } from '../../core/rating/charged-amount.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import type { Change } from '../journal/change.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { effectiveAggregate } from '../rating/carry-usage.ts'
import type { LocatedUse } from '../rating/located-use.ts'

/** What a record brought to a counter, or brings to another one. */
export interface RatedUse {
  /** Of the counter: increments applied, less what balances of units covered. */
  readonly quantity: bigint
  /** Sessions whose fee is in it. */
  readonly sessions: bigint
  /** What its last unit costs less, where a maximum cost is reached within it; negative for what is reversed. */
  readonly cut: bigint
}

/**
 * What a correction does to one counter. Corrections are planned as lists of these, which change nothing: `reverse.ts` takes records
 * out, `rebook.ts` charges them again. The aggregate of a counter afterwards is known when those before it have moved (`stepOf`).
 */
export interface CounterChange {
  readonly use: LocatedUse
  readonly effect:
    | { readonly kind: 'none' }
    /** A sum falls by what the record had added to its measures. */
    | { readonly kind: 'less'; readonly measures: Aggregate }
    /** A series is observed anew: its quantity changes by so much. */
    | { readonly kind: 'observed'; readonly quantity: bigint; readonly isEmpty: boolean }
    /** The record comes in, as it was rated before; null where it is rated as a new one is. */
    | { readonly kind: 'more'; readonly rated: RatedUse | null }
  /** Units of balances that had covered what is taken out, and go back. */
  readonly unitsBack: bigint
}

/** Changes that are one row of the journal. */
export interface PlannedRow {
  readonly part: Change['part']
  /** How many records each of the counters has more. */
  readonly records: -1 | 0 | 1
  readonly changes: readonly CounterChange[]
}

/** How a counter changes. */
export interface Step {
  readonly after: Aggregate
  readonly amountAfter: bigint
  readonly amount: bigint
}

/**
 * A counter with one charge more or less than now. One that no record is left in costs nothing, as before the
 * first one.
 * @param rated of what comes in.
 */
export function stepOf(
  counterMemory: CounterMemory,
  { use, effect, unitsBack }: CounterChange,
  rated: RatedUse | null,
): Step {
  const { counters } = counterMemory
  const { place, element } = use
  const effective = counters.aggregate(place)
  switch (effect.kind) {
    case 'none':
      return { after: effective, amountAfter: counters.amount(place), amount: 0n }
    case 'less': {
      const after = effective.map((measure, index) => measure - (effect.measures[index] ?? 0n))
      return stepTo(counterMemory, use, after, counters.records(place) === 1)
    }
    case 'observed': {
      const change = { quantity: effect.quantity + unitsBack, sessions: 0n }
      return stepTo(counterMemory, use, accumulate(element, effective, change), effect.isEmpty)
    }
    case 'more':
      return addCharge(counterMemory, use, rated ?? { quantity: use.billed, sessions: 0n, cut: 0n })
  }
}

/** A counter with one more charge. */
export function addCharge(counterMemory: CounterMemory, use: LocatedUse, rated: RatedUse): Step {
  return stepTo(counterMemory, use, accumulate(use.element, effectiveAggregate(counterMemory, use), rated), false)
}

function stepTo(
  { counters }: CounterMemory,
  { place, meter, element }: LocatedUse,
  after: Aggregate,
  isEmpty: boolean,
): Step {
  const amountAfter = isEmpty ? 0n : chargedAmount(meter.price, element, after)
  return { after, amountAfter, amount: amountAfter - counters.amount(place) }
}

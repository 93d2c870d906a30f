import type { ZoneClock } from '../base/zone-clock.ts'
import { msOfUnit } from '../metering/time-units.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import { NOTHING_YET, type SessionSoFar, sessionAfter } from './modifiers/session-rules.ts'
import { leftInStep, stepAt } from './modifiers/unit-steps.ts'
import { billedCut, billedQuantity, isRatedUse } from './record-use.ts'
import { NO_RATE } from './selectors/no-rate.ts'
import { rateHoldsUntil } from './selectors/rate-selector.ts'

/** What a record used at one rate of a price. */
export interface UsedPart {
  /** Place among the price's rate elements, or NO_RATE where the price has no rate for a part of the time. */
  readonly elementAt: number
  /** At the meter's scale: as it was used, and what is billed of it. */
  readonly quantity: bigint
  readonly billed: bigint
  /** What the last unit that is billed costs less, where a maximum cost is reached within it. */
  readonly cut: bigint
}

/**
 * The rate that holds for a record that begins at a time, or for a session that has used so much until then.
 * @returns its place among the price's rate elements, or NO_RATE where there is none.
 */
export function rateAt(
  price: CompiledPrice,
  startMs: number,
  accountClock: ZoneClock,
  values: readonly string[],
  used = 0n,
): number {
  const elementAt = price.selector.elementAt(startMs, accountClock, values)
  const steps = price.hasSteps ? price.elements[elementAt]?.steps : null
  return steps === null || steps === undefined ? elementAt : stepAt(steps, elementAt, used)
}

/** What is used of a price at the rate that a record begins with, as if it were all at that rate. */
export function partAtStart(
  price: CompiledPrice,
  { startMs, quantity }: { readonly startMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): UsedPart {
  const elementAt = rateAt(price, startMs, accountClock, values, before.used)
  const element = price.elements[elementAt]
  if (element === undefined) return { elementAt, quantity, billed: quantity, cut: 0n }
  const billed = billedQuantity(element, quantity, before)
  return { elementAt, quantity, billed, cut: billedCut(element, billed, before) }
}

/** The parts of a record, one for each rate, in the order in which they begin; most records are one part. */
export function partsOf(
  price: CompiledPrice,
  use: { readonly startMs: number; readonly endMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): readonly UsedPart[] {
  return splitUse(price, use, accountClock, values, before) ?? [partAtStart(price, use, accountClock, values, before)]
}

/** Nobody splits a record by hand to find what it costs: longer ones are charged where they begin. */
const LONGEST_MS = 31 * 86_400_000

/**
 * When the usage of a record ends: at its `end`; of a meter that counts time no later than what it counts, and then
 * where the record has no end. NaN where nothing says so.
 */
function endOfUse({ meter }: CompiledPrice, quantity: bigint, startMs: number, endMs: number): number {
  const unitMs = msOfUnit(meter)
  if (unitMs === undefined || quantity > MOST_COUNTED) return endMs
  const countedMs = startMs + Math.ceil((Number(quantity) * unitMs) / 10 ** meter.scale)
  return endMs < countedMs ? endMs : countedMs
}

/** Beyond it a number is not exact. */
const MOST_COUNTED = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * The parts of a record that begins at one rate and ends at another, one for each rate, in the order in which they begin.
 * Rates change with time, and the quantity is shared by time, so that the shares add up to it; or in the course of the
 * session, by what it has used. Null where the record has the one rate that it begins with.
 * @param before what its session has used until the record.
 */
export function splitUse(
  price: CompiledPrice,
  use: { readonly startMs: number; readonly endMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): UsedPart[] | null {
  if (!price.isSplit || use.quantity <= 0n) return null
  const { startMs, quantity } = use
  const untilMs = price.isSplitByTime ? endOfUse(price, quantity, startMs, use.endMs) : Number.NaN
  // NaN is no end.
  const isTimed = untilMs > startMs && untilMs - startMs <= LONGEST_MS
  if (!isTimed || rateHoldsUntil(price.selector, startMs, accountClock, untilMs, values) === untilMs)
    return price.hasSteps ? splitBySteps(price, use, accountClock, values, before) : null
  const lastsMs = BigInt(untilMs - startMs)
  const parts = new Parts(price, before)
  let [fromMs, done] = [startMs, 0n]
  while (fromMs < untilMs) {
    const elementAt = price.selector.elementAt(fromMs, accountClock, values)
    if (elementAt === NO_RATE) return [{ elementAt, quantity, billed: quantity, cut: 0n }]
    fromMs = rateHoldsUntil(price.selector, fromMs, accountClock, untilMs, values)
    const share = (quantity * BigInt(fromMs - startMs)) / lastsMs - done
    parts.add(elementAt, share)
    done += share
  }
  return parts.all()
}

/** Where time changes nothing. */
function splitBySteps(
  price: CompiledPrice,
  { startMs, quantity }: { readonly startMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar,
): UsedPart[] | null {
  const elementAt = price.selector.elementAt(startMs, accountClock, values)
  const first = price.elements[elementAt]?.steps?.[0]
  if (first === undefined || before.used + quantity <= first.from) return null
  const parts = new Parts(price, before)
  parts.add(elementAt, quantity)
  return parts.all()
}

/** What is used at each rate, in order, by one session. */
class Parts {
  private readonly price: CompiledPrice
  private readonly parts = new Map<number, { quantity: bigint; billed: bigint; cut: bigint }>()
  private soFar: SessionSoFar

  constructor(price: CompiledPrice, before: SessionSoFar) {
    this.price = price
    this.soFar = before
  }

  /** @param elementAt of the rate that a session begins with at this time. */
  add(elementAt: number, quantity: bigint): void {
    const { steps } = this.price.elements[elementAt] as RateElement
    if (steps === null) {
      this.bill(elementAt, quantity)
      return
    }
    for (let left = quantity; left > 0n; ) {
      const { used } = this.soFar
      const most = leftInStep(steps, used)
      const share = most === null || left <= most ? left : most
      this.bill(stepAt(steps, elementAt, used), share)
      left -= share
    }
  }

  all(): UsedPart[] {
    return [...this.parts].map(([elementAt, part]) => ({ elementAt, ...part }))
  }

  private bill(elementAt: number, quantity: bigint): void {
    if (quantity === 0n) return
    const { soFar } = this
    const element = this.price.elements[elementAt] as RateElement
    const billed = billedQuantity(element, quantity, soFar)
    const part = this.parts.get(elementAt) ?? { quantity: 0n, billed: 0n, cut: 0n }
    const cut = part.cut + billedCut(element, billed, soFar)
    this.parts.set(elementAt, { quantity: part.quantity + quantity, billed: part.billed + billed, cut })
    const isRated = soFar.isRated || isRatedUse(element, quantity, billed)
    this.soFar = sessionAfter(element.sessionRules, soFar, quantity, billed, isRated)
  }
}

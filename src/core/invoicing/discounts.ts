import { allocate } from '../base/allocate.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { DiscountInForce, DiscountValue } from './discount-terms.ts'
import { groupedByDay } from './dues.ts'
import type { LineKind } from './invoice-lines.ts'

/** Something that discounts can take from, as far as they look at it. */
export interface DiscountTarget {
  readonly kind: LineKind
  readonly subscriptionId: string
  readonly planCode: string
  readonly priceCode: string
  readonly dueDay: string
  /** The bill that it is on, counted from the account's anchor. */
  readonly bill: number
  /** Whole months from the beginning of its subscription to the beginning of what it charges for. */
  readonly months: number
  /** Plans that the account had during its period. */
  readonly plansHeld: ReadonlySet<string>
  /** Minor units, after caps. */
  readonly minor: bigint
}

/** What one discount takes from one target. */
export interface Given<T extends DiscountTarget> {
  readonly discount: DiscountInForce
  readonly target: T
  readonly minor: bigint
  /** What was left of the target before. */
  readonly fromMinor: bigint
  /** Null for a fixed amount. */
  readonly percent: string | null
  /** What its targets on the bill come to before discounts. */
  readonly billMinor: bigint
}

/** What a discount knows of bills before. */
interface Past {
  hasGiven: boolean
  /** Of a fixed amount: what earlier bills could not take. */
  carried: bigint
}

/**
 * What discounts take from an account's charges, computed whole and bill by bill: it follows from the charges and the
 * discounts alone, not from documents that were issued. Rounded half-up once for each discount, percentage and due day;
 * shares of lines by the largest remainder, so that they add up and no line falls below zero.
 */
export function giveDiscounts<T extends DiscountTarget>(
  targets: readonly T[],
  discounts: readonly DiscountInForce[],
  currency: string,
  billIndexOf: (day: string) => number,
): Given<T>[] {
  const ordered = discounts.toSorted(
    (a, b) => a.terms.priority - b.terms.priority || compareText(a.fromDay, b.fromDay) || compareText(a.id, b.id),
  )
  const past = new Map(ordered.map((discount) => [discount, { hasGiven: false, carried: 0n }]))
  const bills = Map.groupBy(
    targets.filter(({ minor }) => minor > 0n),
    ({ bill }) => bill,
  )
  return [...bills]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([bill, onBill]) => new BillDiscounts(onBill, bill, currency, past, billIndexOf).give(ordered))
}

/** The discounts of one bill. */
class BillDiscounts<T extends DiscountTarget> {
  private readonly targets: readonly T[]
  private readonly bill: number
  private readonly minorDigits: number
  private readonly past: ReadonlyMap<DiscountInForce, Past>
  private readonly billIndexOf: (day: string) => number

  constructor(
    targets: readonly T[],
    bill: number,
    currency: string,
    past: ReadonlyMap<DiscountInForce, Past>,
    billIndexOf: (day: string) => number,
  ) {
    this.targets = targets
    this.bill = bill
    this.minorDigits = currencyOf(currency).minorDigits
    this.past = past
    this.billIndexOf = billIndexOf
  }

  give(ordered: readonly DiscountInForce[]): Given<T>[] {
    const net = new Map(this.targets.map((target) => [target, target.minor]))
    return this.stacked(ordered).flatMap((discount) => {
      const given = this.takenBy(discount, net)
      for (const { target, minor } of given) net.set(target, (net.get(target) as bigint) - minor)
      this.remember(discount, sumOf(given))
      return given
    })
  }

  /** Those that may stand beside one another on this bill. */
  private stacked(ordered: readonly DiscountInForce[]): readonly DiscountInForce[] {
    const untouched = new Map(this.targets.map((target) => [target, target.minor]))
    const alone = new Map(ordered.map((discount) => [discount, sumOf(this.takenBy(discount, untouched))]))
    const worth = (discount: DiscountInForce): bigint => alone.get(discount) as bigint
    const giving = ordered.filter((discount) => worth(discount) > 0n)
    const first = giving.find(({ terms }) => terms.exclusive)
    if (first !== undefined) return [first]
    return giving.filter(({ terms: { bestOf } }, index) => {
      if (bestOf === null) return true
      const own = worth(giving[index] as DiscountInForce)
      return giving.every((other, place) => {
        if (other.terms.bestOf !== bestOf || place === index) return true
        return worth(other) < own || (worth(other) === own && place > index)
      })
    })
  }

  private takenBy(discount: DiscountInForce, net: ReadonlyMap<T, bigint>): Given<T>[] {
    const { value, minimum } = discount.terms
    const eligible = this.isInDuration(discount) ? this.targets.filter((target) => isTarget(discount, target)) : []
    const billMinor = eligible.reduce((sum, { minor }) => sum + minor, 0n)
    if (eligible.length === 0 || (minimum !== null && billMinor < this.minorOf(minimum))) return []
    const shared = { discount, billMinor }
    let left = value.kind === 'fixed' ? this.available(discount, value.amount) : 0n
    return groupedByDay(eligible).flatMap((group) => {
      const open = group.filter((target) => (net.get(target) as bigint) > 0n)
      const byPercent = Map.groupBy(open, (target) => percentOf(value, target, billMinor, this.minorDigits))
      return [...byPercent].flatMap(([percent, members]) => {
        const sum = members.reduce((total, target) => total + (net.get(target) as bigint), 0n)
        const taken = percent !== null ? percentFrom(sum, percent) : left < sum ? left : sum
        left -= taken
        return split(members, net, taken).map((part) => ({ ...part, ...shared, percent }))
      })
    })
  }

  private isInDuration(discount: DiscountInForce): boolean {
    const { duration } = discount.terms
    const { hasGiven, carried } = this.past.get(discount) as Past
    if (duration.kind === 'once') return !hasGiven || carried > 0n
    return this.isOnItsBills(discount) || carried > 0n
  }

  private isOnItsBills({ fromDay, terms: { duration } }: DiscountInForce): boolean {
    return duration.kind !== 'bills' || this.bill - this.billIndexOf(fromDay) < duration.count
  }

  /** A fixed amount is there anew on each bill of the duration, with what was carried over. */
  private available(discount: DiscountInForce, amount: string): bigint {
    const { duration } = discount.terms
    const { hasGiven, carried } = this.past.get(discount) as Past
    const isOver = (duration.kind === 'once' && hasGiven) || !this.isOnItsBills(discount)
    return carried + (isOver ? 0n : this.minorOf(amount))
  }

  private remember(discount: DiscountInForce, given: bigint): void {
    const past = this.past.get(discount) as Past
    const { value, duration } = discount.terms
    // A discount that is there once has not begun as long as it gave nothing.
    if (duration.kind === 'once' && !past.hasGiven && given === 0n) return
    if (value.kind === 'fixed' && value.carryOver) past.carried = this.available(discount, value.amount) - given
    past.hasGiven ||= given > 0n
  }

  private minorOf(amount: string): bigint {
    return toScale(decimal(amount), this.minorDigits)
  }
}

function isTarget(
  { fromDay, untilDay, subscriptionId, terms: { targets, requires } }: DiscountInForce,
  target: DiscountTarget,
): boolean {
  return (
    target.dueDay >= fromDay &&
    (untilDay === null || target.dueDay < untilDay) &&
    (subscriptionId === null || target.subscriptionId === subscriptionId) &&
    (targets.plans === undefined || targets.plans.includes(target.planCode)) &&
    (targets.prices === undefined || targets.prices.includes(target.priceCode)) &&
    (targets.kinds === undefined || targets.kinds.includes(target.kind)) &&
    requires.every((plan) => target.plansHeld.has(plan))
  )
}

/** Null where it is not by per cent. */
function percentOf(
  value: DiscountValue,
  target: DiscountTarget,
  billMinor: bigint,
  minorDigits: number,
): string | null {
  switch (value.kind) {
    case 'percent':
      return value.percent
    case 'spend':
      return value.steps.findLast(({ from }) => billMinor >= toScale(decimal(from), minorDigits))?.percent ?? '0'
    case 'loyalty':
      return value.steps.findLast(({ months }) => target.months >= months)?.percent ?? '0'
    case 'fixed':
      return null
  }
}

function percentFrom(minor: bigint, percent: string): bigint {
  const { coefficient, scale } = decimal(percent)
  return divideRounded(minor * coefficient, 100n * powerOfTen(scale), 'half_up')
}

/** Parts of a total no larger than the sum of what is left: none is larger than what is left of its target. */
function split<T extends DiscountTarget>(
  targets: readonly T[],
  net: ReadonlyMap<T, bigint>,
  total: bigint,
): { target: T; minor: bigint; fromMinor: bigint }[] {
  if (total === 0n) return []
  const weights = targets.map((target) => net.get(target) as bigint)
  const parts = allocate(total, weights)
  return targets.flatMap((target, index) => {
    const minor = parts[index] as bigint
    return minor === 0n ? [] : [{ target, minor, fromMinor: weights[index] as bigint }]
  })
}

function sumOf(given: readonly { readonly minor: bigint }[]): bigint {
  return given.reduce((sum, { minor }) => sum + minor, 0n)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import { allocate } from '../base/allocate.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { DiscountInForce, DiscountValue } from './discount-terms.ts'
import { groupedByDay } from './due-charges.ts'
import type { LineKind } from './invoice-lines.ts'

/** A line of a document, or of several documents, on one billable. */
export interface IssuedPart {
  /** Of the line: ids rise in the order of issuing. */
  readonly id: string
  readonly minor: bigint
}

/** Something that discounts can take from, as far as they look at it. */
export interface DiscountTarget {
  readonly kind: LineKind
  readonly subscriptionId: string
  readonly planCode: string
  readonly priceCode: string
  readonly dueDay: string
  /** The bill that it is on first, counted from the account's anchor. */
  readonly bill: number
  /** What documents billed of it, after caps. */
  readonly issued: readonly IssuedPart[]
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
  readonly bill: number
}

/** What a discount knows of bills before. */
interface Past {
  /** On which it gave something. */
  bills: number
  /** Of a fixed amount: what earlier bills could not take. */
  carried: bigint
  /** What it took a share of, by the day on which it fell due and the percentage. */
  readonly shared: Map<string, bigint>
}

/**
 * What discounts take from an account's charges, computed whole and bill by bill. Of what was billed before a discount was
 * redeemed it takes nothing: of usage of January that was billed at 10.00 then, and is 15.00 now, it looks at 5.00, on the
 * first bill after. Otherwise documents do not count. Rounded half-up once for each discount, percentage and due day, also where
 * some of a day is on a later bill: half of 7.11, and then of 0.89, is 3.56 and 0.44. Shares of lines are by the largest
 * remainder, so that they add up and no line falls below zero.
 * @param firstBillOf the first bill that can be issued after a discount was redeemed.
 */
export function giveDiscounts<T extends DiscountTarget>(
  targets: readonly T[],
  discounts: readonly DiscountInForce[],
  currency: string,
  firstBillOf: (discount: DiscountInForce) => number,
): Given<T>[] {
  const ordered = discounts
    .toSorted(
      (a, b) => a.terms.priority - b.terms.priority || compareText(a.fromDay, b.fromDay) || compareText(a.id, b.id),
    )
    .map((discount) => scopeOf(discount, targets, firstBillOf(discount)))
  const bills = new Set(ordered.flatMap(({ byBill }) => [...byBill.keys()]))
  const state = {
    net: new Map(targets.map((target) => [target, target.minor])),
    past: new Map(ordered.map(({ discount }) => [discount, { bills: 0, carried: 0n, shared: new Map() }])),
  }
  return [...bills].toSorted((a, b) => a - b).flatMap((bill) => new BillDiscounts(bill, currency, state).give(ordered))
}

/** What a discount can take from, by the bill on which it does. */
interface Scope<T extends DiscountTarget> {
  readonly discount: DiscountInForce
  readonly byBill: ReadonlyMap<number, readonly Eligible<T>[]>
}

interface Eligible<T extends DiscountTarget> {
  readonly target: T
  readonly dueDay: string
  /** What it looks at of the target, before all discounts. */
  readonly minor: bigint
}

function scopeOf<T extends DiscountTarget>(
  discount: DiscountInForce,
  targets: readonly T[],
  firstBill: number,
): Scope<T> {
  const { issuedAfter } = discount
  const eligible = targets.flatMap((target) => {
    if (target.minor <= 0n || !isTarget(discount, target)) return []
    const before = issuedAfter === null ? [] : target.issued.filter(({ id }) => id <= issuedAfter)
    const minor = before.reduce((rest, part) => rest - part.minor, target.minor)
    const bill = before.length === 0 ? target.bill : Math.max(target.bill, firstBill)
    return minor > 0n
      ? [{ target, dueDay: target.dueDay, bill, minor: minor < target.minor ? minor : target.minor }]
      : []
  })
  return { discount, byBill: Map.groupBy(eligible, ({ bill }) => bill) }
}

interface DiscountState<T extends DiscountTarget> {
  readonly net: Map<T, bigint>
  readonly past: ReadonlyMap<DiscountInForce, Past>
}

/** What a discount looks at of one due day on one bill, all by one percentage. */
interface Group<T extends DiscountTarget> {
  /** Names the day and the percentage. */
  readonly key: string
  readonly percent: string | null
  readonly members: readonly { readonly target: T; readonly left: bigint }[]
  /** Of all members together. */
  readonly minor: bigint
  readonly billMinor: bigint
}

/** The discounts of one bill. */
class BillDiscounts<T extends DiscountTarget> {
  private readonly bill: number
  private readonly minorDigits: number
  private readonly state: DiscountState<T>

  constructor(bill: number, currency: string, state: DiscountState<T>) {
    this.bill = bill
    this.minorDigits = currencyOf(currency).minorDigits
    this.state = state
  }

  give(ordered: readonly Scope<T>[]): Given<T>[] {
    const { net } = this.state
    const here = ordered.filter(({ byBill }) => byBill.has(this.bill))
    const alone = new Map(here.map((scope) => [scope, this.takenAlone(scope)]))
    return this.stacked(here, alone).flatMap((scope) => {
      const groups = this.groupsOf(scope, (target) => net.get(target) as bigint)
      const given = this.takenFrom(scope, groups)
      for (const { target, minor } of given) net.set(target, (net.get(target) as bigint) - minor)
      this.remember(scope.discount, groups)
      if (alone.get(scope) !== 0n) this.countBill(scope.discount, sumOf(given))
      return given
    })
  }

  private takenAlone(scope: Scope<T>): bigint {
    const groups = this.groupsOf(scope, ({ minor }) => minor)
    return sumOf(this.takenFrom(scope, groups))
  }

  /** Those that may be combined on this bill; also what rounds to nothing, which may be more with what comes later. */
  private stacked(ordered: readonly Scope<T>[], alone: ReadonlyMap<Scope<T>, bigint>): readonly Scope<T>[] {
    const worth = (scope: Scope<T>): bigint => alone.get(scope) as bigint
    const giving = ordered.filter((scope) => worth(scope) > 0n)
    const first = giving.find(({ discount }) => discount.terms.exclusive)
    if (first !== undefined) return [first]
    return ordered.filter((scope, index) => {
      const { bestOf } = scope.discount.terms
      if (bestOf === null) return true
      return ordered.every((other, slot) => {
        if (other.discount.terms.bestOf !== bestOf || slot === index) return true
        return worth(other) < worth(scope) || (worth(other) === worth(scope) && slot > index)
      })
    })
  }

  /** @param netOf what is left of a target after the discounts before. */
  private groupsOf({ discount, byBill }: Scope<T>, netOf: (target: T) => bigint): Group<T>[] {
    const { value, minimum } = discount.terms
    const eligible = this.isInDuration(discount) ? (byBill.get(this.bill) ?? []) : []
    const billMinor = sumOf(eligible)
    if (eligible.length === 0 || (minimum !== null && billMinor < this.minorOf(minimum))) return []
    return groupedByDay(eligible).flatMap((group) => {
      const open = group
        .map(({ target, dueDay, minor }) => ({ target, dueDay, left: shareOf(netOf(target), minor, target.minor) }))
        .filter((part) => part.left > 0n)
      const byPercent = Map.groupBy(open, ({ target }) => percentOf(value, target, billMinor, this.minorDigits))
      return [...byPercent].map(([percent, members]) => ({
        key: `${members[0]?.dueDay} ${percent}`,
        percent,
        members,
        minor: members.reduce((total, part) => total + part.left, 0n),
        billMinor,
      }))
    })
  }

  private takenFrom({ discount }: Scope<T>, groups: readonly Group<T>[]): Given<T>[] {
    const { value } = discount.terms
    const { shared } = this.state.past.get(discount) as Past
    let left = value.kind === 'fixed' ? this.available(discount, value.amount) : 0n
    return groups.flatMap(({ key, percent, members, minor, billMinor }) => {
      const before = shared.get(key) ?? 0n
      const most = left < minor ? left : minor
      const taken = percent === null ? most : percentFrom(before + minor, percent) - percentFrom(before, percent)
      left -= taken
      return split(members, taken).map((part) => ({ ...part, discount, billMinor, bill: this.bill, percent }))
    })
  }

  private isInDuration(discount: DiscountInForce): boolean {
    const { carried } = this.state.past.get(discount) as Past
    return !this.isSpent(discount) || carried > 0n
  }

  /** Whether it gave something on all bills that it is for. */
  private isSpent(discount: DiscountInForce): boolean {
    const { duration } = discount.terms
    const { bills } = this.state.past.get(discount) as Past
    return duration.kind !== 'forever' && bills >= (duration.kind === 'once' ? 1 : duration.count)
  }

  /** A fixed amount is there anew on each bill of the duration, with what was carried over. */
  private available(discount: DiscountInForce, amount: string): bigint {
    const { carried } = this.state.past.get(discount) as Past
    return carried + (this.isSpent(discount) ? 0n : this.minorOf(amount))
  }

  private remember(discount: DiscountInForce, groups: readonly Group<T>[]): void {
    const { shared } = this.state.past.get(discount) as Past
    for (const { key, minor } of groups) shared.set(key, (shared.get(key) ?? 0n) + minor)
  }

  private countBill(discount: DiscountInForce, given: bigint): void {
    const past = this.state.past.get(discount) as Past
    const { value, duration } = discount.terms
    // A bill on which it gave nothing is none of those that it is for.
    if (given === 0n && duration.kind !== 'forever') return
    if (value.kind === 'fixed' && value.carryOver) past.carried = this.available(discount, value.amount) - given
    past.bills += given > 0n ? 1 : 0
  }

  private minorOf(amount: string): bigint {
    return toScale(decimal(amount), this.minorDigits)
  }
}

function isTarget(
  { dueFrom, untilDay, subscriptionId, terms: { targets, requires } }: DiscountInForce,
  target: DiscountTarget,
): boolean {
  return (
    (dueFrom === null || target.dueDay >= dueFrom) &&
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

/** What is left of a part of a target, where the discounts before left so much of all of it. */
function shareOf(net: bigint, part: bigint, whole: bigint): bigint {
  return part === whole ? net : divideRounded(net * part, whole, 'half_up')
}

/** Parts of a total no larger than the sum of what is left: none is larger than what is left of its target. */
function split<T extends DiscountTarget>(
  members: readonly { readonly target: T; readonly left: bigint }[],
  total: bigint,
): { target: T; minor: bigint; fromMinor: bigint }[] {
  if (total === 0n) return []
  const parts = allocate(
    total,
    members.map(({ left }) => left),
  )
  return members.flatMap(({ target, left }, index) => {
    const minor = parts[index] as bigint
    return minor === 0n ? [] : [{ target, minor, fromMinor: left }]
  })
}

function sumOf(given: readonly { readonly minor: bigint }[]): bigint {
  return given.reduce((sum, { minor }) => sum + minor, 0n)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

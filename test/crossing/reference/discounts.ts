import type { Coupon } from '../history.ts'
import type { Billable, Book, Line } from './book.ts'
import type { Charge } from './bounds.ts'
import { addDays, boundary } from './calendar.ts'
import { Fraction } from './fraction.ts'
import { readingOrder, split } from './split.ts'

/** What the account's coupon looks at of one charge, and on which bill. */
interface Target {
  readonly charge: Charge
  readonly bill: number
  readonly minor: bigint
}

/** What the coupon takes off charges, after caps: bill by bill, what falls due first of a bill first. */
export function discountsOf(book: Book, charges: readonly Charge[], caps: readonly Billable[]): Billable[] {
  const { coupon } = book.history
  const { redeemedAfter } = book
  if (coupon === null || redeemedAfter === null) return []
  const before = book.papers.slice(0, redeemedAfter)
  const targets = readingOrder(charges).flatMap((charge) => targetOf(book, coupon, charge, caps, before))
  const lines: Billable[] = []
  let [bills, carried] = [0, 0n]
  /** What a share was taken of, by the day on which it fell due: it is rounded once for a day, whatever bills that is on. */
  const shared = new Map<string, bigint>()
  for (const bill of [...new Set(targets.map((target) => target.bill))].sort((one, other) => one - other)) {
    const isOver = coupon.duration.kind !== 'forever' && bills >= countOf(coupon)
    if (isOver && carried === 0n) break
    const amount = coupon.value.kind === 'fixed' ? book.minorOf(coupon.value.amount) : 0n
    const available = carried + (isOver ? 0n : amount)
    const given = onBill(
      book,
      coupon,
      targets.filter((target) => target.bill === bill),
      available,
      shared,
    )
    const taken = given.reduce((sum, { minor }) => sum + minor, 0n)
    // A bill with nothing to take from is none of those that it is for.
    if (taken === 0n) continue
    if (coupon.value.kind === 'fixed' && coupon.value.carryOver) carried = available - taken
    bills++
    lines.push(...given.filter(({ minor }) => minor !== 0n).map((one) => toBillable(book, coupon, one)))
  }
  return lines
}

function countOf({ duration }: Coupon): number {
  return duration.kind === 'bills' ? duration.count : 1
}

function onBill(
  book: Book,
  { value }: Coupon,
  targets: readonly Target[],
  available: bigint,
  shared: Map<string, bigint>,
): Target[] {
  let left = available
  const days = [...new Set(targets.map(({ charge }) => charge.due))].sort()
  return days.flatMap((day) => {
    const own = targets.filter(({ charge }) => charge.due === day)
    const sum = own.reduce((total, { minor }) => total + minor, 0n)
    const before = shared.get(day) ?? 0n
    shared.set(day, before + sum)
    const share = (percent: string, minor: bigint): bigint =>
      new Fraction(minor, 10n ** BigInt(book.digits))
        .times(Fraction.of(percent))
        .dividedBy(new Fraction(100n))
        .minor(book.digits)
    const most = left < sum ? left : sum
    const taken = value.kind === 'percent' ? share(value.percent, before + sum) - share(value.percent, before) : most
    left -= taken
    const parts = split(
      taken,
      own.map(({ minor }) => minor),
    )
    return own.map((target, at) => ({ ...target, minor: parts[at] ?? 0n }))
  })
}

/** What was billed before the coupon was redeemed stays as it was billed. */
function targetOf(
  book: Book,
  { targets: { kinds } }: Coupon,
  charge: Charge,
  caps: readonly Billable[],
  before: Book['papers'],
): Target[] {
  if (kinds !== undefined && !kinds.includes(charge.charges)) return []
  const cut = caps
    .filter(({ lowers }) => lowers === charge.key)
    .reduce((sum, { exact }) => sum + exact.minor(book.digits), 0n)
  const whole = charge.minor + cut
  const isOf = ({ key, lowers, kind }: Line): boolean =>
    key === charge.key || (lowers === charge.key && kind !== 'discount')
  const issued = before.flatMap(({ lines }) => lines.filter(isOf))
  const rest = whole - issued.reduce((sum, { minor }) => sum + minor, 0n)
  const minor = rest < whole ? rest : whole
  if (whole <= 0n || minor <= 0n) return []
  const first = book.papers.find(({ lines }) => lines.some(isOf))
  const due = billOf(book, charge.due)
  const later = (day: string): number => Math.max(due, billOf(book, day))
  const own =
    first === undefined
      ? book.billedUntil === null
        ? due
        : later(addDays(book.billedUntil, 1))
      : // An interim invoice is part of the bill of its period.
        first.isInterim
        ? later(first.day)
        : billOf(book, first.day)
  const lastBefore = before
    .map(({ day }) => day)
    .sort()
    .at(-1)
  const earliest = lastBefore === undefined ? own : billOf(book, addDays(lastBefore, 1))
  return [{ charge, minor, bill: issued.length === 0 ? own : Math.max(own, earliest) }]
}

/** The bill that something due on a day is on: the first end of a billing period that is not before it. */
function billOf({ history: { anchor, cycle } }: Book, day: string): number {
  let number = 0
  while (boundary(anchor, cycle, number) >= day) number--
  while (boundary(anchor, cycle, number) < day) number++
  return number
}

function toBillable(book: Book, { name }: Coupon, { charge, minor }: Target): Billable {
  const { key, from, due, ofUsage } = charge
  const exact = new Fraction(-minor, 10n ** BigInt(book.digits))
  return { key: `discount ${key}`, name, kind: 'discount', ofUsage, from, due, exact, lowers: key }
}

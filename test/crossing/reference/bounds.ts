import type { BoundPrice, Plan } from '../history.ts'
import type { Billable, Book } from './book.ts'
import { addDays, dayOf, daysBetween, periodOf, periodsIn } from './calendar.ts'
import { Fraction } from './fraction.ts'
import { daysOf } from './life.ts'
import { type Place, readingOrder, split } from './split.ts'

/** A charge in whole minor units, as caps, minimums and discounts see it. */
export interface Charge extends Billable, Place {
  readonly plan: Plan
  readonly priceCode: string
  readonly minor: bigint
  /** What it is to a coupon. */
  readonly charges: 'usage' | 'recurring' | 'commitment'
}

/** What caps take off single charges, and what minimums add, until a day. */
export function boundsOf(
  book: Book,
  charges: readonly Charge[],
  day: string,
): { readonly caps: Billable[]; readonly minimums: Charge[] } {
  // Usage that was re-rated may be under a plan that the subscription never had.
  const plans = [...new Set([...book.life(), ...charges].map(({ plan }) => plan))]
  const bounds = plans.map((plan) => {
    const caps = boundsOfKind(plan, 'cap').flatMap((price) =>
      windowsOf(book, plan, price, day).flatMap((window) => lowered(book, price, window, charges)),
    )
    const taken = new Map<string, bigint>()
    for (const { lowers = '', exact } of caps) taken.set(lowers, (taken.get(lowers) ?? 0n) + exact.minor(book.digits))
    const left = charges.map((charge) => ({ ...charge, minor: charge.minor + (taken.get(charge.key) ?? 0n) }))
    const minimums = boundsOfKind(plan, 'commitment').flatMap((price) =>
      windowsOf(book, plan, price, day).flatMap((window) => trueUp(book, price, window, left, day)),
    )
    return { caps, minimums }
  })
  return { caps: bounds.flatMap(({ caps }) => caps), minimums: bounds.flatMap(({ minimums }) => minimums) }
}

function boundsOfKind(plan: Plan, kind: BoundPrice['kind']): BoundPrice[] {
  return plan.prices.flatMap((price) => (price.kind === kind ? [price as BoundPrice] : []))
}

interface Window {
  readonly plan: Plan
  readonly from: string
  readonly until: string
  /** The days of it on which the plan was in force. */
  readonly activeFrom: string
  readonly activeUntil: string
  /** In minor units, for the share of its days on which the subscription had the plan. */
  readonly amount: bigint
}

function windowsOf(book: Book, plan: Plan, price: BoundPrice, day: string): Window[] {
  const { anchor, zone, startsAt } = book.history
  const life = book.life()
  const lived = { from: dayOf(startsAt, zone), until: addDays(day, 1) }
  return periodsIn(anchor, price.every, lived).flatMap(({ from, until }) => {
    const spans = life
      .filter((stretch) => stretch.plan === plan && (!stretch.isPaused || isChargedIn(plan, price, stretch.phase)))
      .map((stretch) => {
        const own = daysOf(life, stretch, zone)
        const begin = own.from > from ? own.from : from
        const end = own.until !== null && own.until < until ? own.until : until
        return { begin, end }
      })
      .filter(({ begin, end }) => begin < end)
    const days = spans.reduce((sum, { begin, end }) => sum + daysBetween(begin, end), 0)
    if (days === 0 && price.kind === 'commitment') return []
    const share = new Fraction(BigInt(days), BigInt(daysBetween(from, until)))
    const whole = Fraction.of(price.amount)
    const isWhole = price.proration === 'none' || days === 0
    const amount = (isWhole ? whole : whole.times(share)).minor(book.digits)
    return [{ plan, from, until, amount, activeFrom: spans[0]?.begin ?? from, activeUntil: spans.at(-1)?.end ?? until }]
  })
}

/** Whether a fee that a bound counts is charged in a pause. */
function isChargedIn({ prices }: Plan, { counts }: BoundPrice, phase: string | null | undefined): boolean {
  return prices.some(
    (fee) =>
      fee.kind === 'recurring' &&
      fee.whilePaused === 'charged' &&
      (counts === undefined || counts.includes(fee.code)) &&
      (fee.phases === undefined || fee.phases.includes(phase ?? '')),
  )
}

function counted(book: Book, price: BoundPrice, window: Window, charges: readonly Charge[]): Charge[] {
  return readingOrder(charges).filter(({ plan, priceCode, shownFrom }) => {
    const isCounted = price.counts === undefined || price.counts.includes(priceCode)
    return (
      plan === window.plan && isCounted && periodOf(book.history.anchor, price.every, shownFrom).from === window.from
    )
  })
}

/** What is beyond a cap is taken from what falls due last; charges of one day share it by their amounts. */
function lowered(book: Book, price: BoundPrice, window: Window, charges: readonly Charge[]): Billable[] {
  const all = counted(book, price, window, charges)
  let beyond = all.reduce((sum, { minor }) => sum + minor, 0n) - window.amount
  const lines: Billable[] = []
  for (const due of [...new Set(all.map((charge) => charge.due))].sort().reverse()) {
    if (beyond <= 0n) break
    const ofDay = all.filter((charge) => charge.due === due)
    const sum = ofDay.reduce((total, { minor }) => total + minor, 0n)
    const taken = beyond < sum ? beyond : sum
    split(
      taken,
      ofDay.map(({ minor }) => minor),
    ).forEach((part, at) => {
      const charge = ofDay[at]
      if (charge === undefined || part === 0n) return
      const key = `cap ${price.code} ${charge.key}`
      const exact = new Fraction(-part, 10n ** BigInt(book.digits))
      lines.push({
        key,
        name: price.name,
        kind: 'bound',
        ofUsage: charge.kind === 'usage',
        from: window.from,
        due,
        exact,
        lowers: charge.key,
      })
    })
    beyond -= taken
  }
  return lines
}

/** The minimum less what the counted prices came to, once its period has ended. */
function trueUp(book: Book, price: BoundPrice, window: Window, left: readonly Charge[], day: string): Charge[] {
  if (window.until > day) return []
  const reached = counted(book, price, window, left).reduce((sum, { minor }) => sum + minor, 0n)
  if (reached >= window.amount) return []
  const exact = new Fraction(window.amount - reached, 10n ** BigInt(book.digits))
  const { plan, from, activeUntil: due, activeFrom: shownFrom } = window
  const key = `minimum ${plan.code}@${plan.version} ${price.code} ${from}`
  const place = { shownFrom, rank: plan.prices.indexOf(price), cell: '' }
  const named = { key, name: price.name, kind: 'bound' as const, charges: 'commitment' as const, ...place }
  const minor = window.amount - reached
  return [{ ...named, ofUsage: false, plan, priceCode: price.code, from, due, exact, minor }]
}

import type { Plan, RecurringPrice } from '../history.ts'
import type { Book } from './book.ts'
import type { Charge } from './bounds.ts'
import { addDays, boundary, type Cycle, dayOf, daysBetween, periodsIn } from './calendar.ts'
import { Fraction, sumOf, ZERO } from './fraction.ts'
import { beginDays, daysOf, type Stretch } from './life.ts'

/** Days of one period in which a price holds for one number of seats. */
interface Part {
  readonly from: string
  readonly until: string
  readonly quantity: number
}

/** Fees of all periods that are due until a day, that day included. */
export function feesUntil(book: Book, day: string): Charge[] {
  const { anchor, zone, startsAt } = book.history
  const life = book.life()
  const lived = { from: dayOf(startsAt, zone), until: addDays(day, 1) }
  const versions = [...new Set(life.map(({ plan }) => plan))]
  return versions.flatMap((plan) =>
    plan.prices.flatMap((price) => {
      if (price.kind !== 'recurring') return []
      return periodsIn(anchor, price.every, lived).flatMap((period) => {
        const parts = partsOf(book, life, plan, price, period)
        const exact =
          price.proration === 'none'
            ? wholeFee(price, firstDay(book, life, price.every, period), parts, day)
            : sharedFee(price, period, parts, day)
        const key = `fee ${plan.code}@${plan.version} ${price.code} ${period.from}`
        const ended = parts.filter(({ until }) => until <= day).at(-1)
        const due = (price.timing === 'advance' ? parts[0]?.from : ended?.until) ?? period.from
        const shownFrom = parts[0]?.from ?? period.from
        const place = { shownFrom, rank: plan.prices.indexOf(price), cell: '', charges: 'recurring' as const }
        const named = { key, name: price.name, kind: 'recurring' as const, ofUsage: false, plan, priceCode: price.code }
        if (exact.isZero) return []
        return [{ ...named, ...place, from: period.from, due, exact, minor: exact.minor(book.digits) }]
      })
    }),
  )
}

function partsOf(
  book: Book,
  life: readonly Stretch[],
  plan: Plan,
  price: RecurringPrice,
  period: { from: string; until: string },
): Part[] {
  return life.flatMap((stretch) => {
    const isOwed = stretch.plan === plan && (!stretch.isPaused || price.whilePaused === 'charged')
    if (!isOwed || (price.phases !== undefined && !price.phases.includes(stretch.phase ?? ''))) return []
    const days = daysOf(life, stretch, book.history.zone)
    const from = days.from > period.from ? days.from : period.from
    const until = days.until !== null && days.until < period.until ? days.until : period.until
    return from < until ? [{ from, until, quantity: stretch.quantity }] : []
  })
}

/** In advance all parts are due when the first begins; in arrears each when it has ended. */
function sharedFee(
  price: RecurringPrice,
  period: { from: string; until: string },
  parts: Part[],
  day: string,
): Fraction {
  const first = parts[0]
  if (first === undefined) return ZERO
  const due = price.timing === 'advance' ? (first.from <= day ? parts : []) : parts.filter(({ until }) => until <= day)
  const days = BigInt(daysBetween(period.from, period.until))
  return sumOf(
    due.map(({ from, until, quantity }) =>
      Fraction.of(price.amount).times(new Fraction(BigInt(quantity * daysBetween(from, until)), days)),
    ),
  )
}

/** The first day of a period on which any plan of the subscription asks for a fee of such whole periods. */
function firstDay(book: Book, life: readonly Stretch[], every: Cycle, period: { from: string; until: string }): string {
  const days = [...new Set(life.map(({ plan }) => plan))].flatMap((plan) =>
    plan.prices.flatMap((price) => {
      const isAlike = price.kind === 'recurring' && price.proration === 'none' && price.every.unit === every.unit
      return isAlike ? partsOf(book, life, plan, price, period).map(({ from }) => from) : []
    }),
  )
  return days.sort()[0] ?? period.from
}

/** Charged whole at what holds first in the period; what changes within it shows in the next one. */
function wholeFee(price: RecurringPrice, begin: string, parts: readonly Part[], day: string): Fraction {
  const [first] = parts
  const last = parts.at(-1)
  if (first === undefined || last === undefined || first.from !== begin) return ZERO
  if ((price.timing === 'advance' ? first.from : last.until) > day) return ZERO
  return Fraction.of(price.amount).times(new Fraction(BigInt(first.quantity)))
}

/** The days on which an account is billed, from its first one up to a day. */
export function billingDays(book: Book, until: string): string[] {
  const { anchor, cycle, zone, startsAt } = book.history
  const first = dayOf(startsAt, zone)
  const days = new Set(beginDays(book.life(), zone).filter((day) => day <= until))
  let number = 0
  while (boundary(anchor, cycle, number) <= first) number++
  for (; boundary(anchor, cycle, number) <= until; number++) days.add(boundary(anchor, cycle, number))
  return [...days].sort()
}

import type { Billable, Book } from './book.ts'
import { addDays, boundary, dayOf, daysBetween, periodsIn } from './calendar.ts'
import { Fraction } from './fraction.ts'

/** Fees of all periods that are due until a day, that day included. */
export function feesUntil(book: Book, day: string): Billable[] {
  const { anchor, zone, startsAt } = book.history
  const begins = dayOf(startsAt, zone)
  return book.plan.prices.flatMap((price) => {
    if (price.kind !== 'recurring') return []
    // A period that begins on the day itself is due then, in advance.
    const periods = periodsIn(anchor, price.every, { from: begins, until: addDays(day, 1) })
    return periods.flatMap(({ from, until }) => {
      const first = from < begins ? begins : from
      const due = price.timing === 'advance' ? first : until
      if (due > day) return []
      const share =
        price.proration === 'none'
          ? new Fraction(1n)
          : new Fraction(BigInt(daysBetween(first, until)), BigInt(daysBetween(from, until)))
      const exact = Fraction.of(price.amount).times(share)
      const key = `fee ${book.plan.code} ${price.code} ${from}`
      return [{ key, name: price.name, kind: 'recurring' as const, from: first, exact }]
    })
  })
}

/** The days on which an account is billed, from its first one up to a day. */
export function billingDays(book: Book, until: string): string[] {
  const { anchor, cycle, zone, startsAt } = book.history
  const begins = dayOf(startsAt, zone)
  const days = new Set<string>()
  if (begins <= until) days.add(begins)
  let number = 0
  while (boundary(anchor, cycle, number) <= begins) number++
  for (; boundary(anchor, cycle, number) <= until; number++) days.add(boundary(anchor, cycle, number))
  return [...days].sort()
}

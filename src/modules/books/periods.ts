import { dayBefore, dayOf, periodAt, periodIndexOf } from '../../core/base/period.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { type AccountingPeriod, type Books, listPeriods } from './store.ts'

/** The job that closes a period. Its key is the issuer's id and the first day of the period. */
export const PERIOD_CLOSE = 'period_close'

const CYCLES = {
  month: { unit: 'month', count: 1 },
  quarter: { unit: 'month', count: 3 },
  year: { unit: 'year', count: 1 },
} as const

/** The days of the period that a day lies in, counted from the first day of the books. */
export function periodDays(
  { opensOn, policies }: Books,
  day: string,
): { readonly start: string; readonly end: string } {
  const cycle = CYCLES[policies.period]
  return periodAt(opensOn, cycle, periodIndexOf(opensOn, cycle, day))
}

/** Where the books of an issuer stand. */
export interface Standing {
  /** In the order of days; those that were never asked to be closed are not among them. */
  readonly periods: readonly AccountingPeriod[]
  readonly lastClosed: AccountingPeriod | null
  /** The first day that is open. */
  readonly openFrom: string
}

export async function standingOf(db: Database, books: Books): Promise<Standing> {
  const periods = await listPeriods(db, books.issuerId)
  const lastClosed = periods.findLast(({ state }) => state === 'closed') ?? null
  return { periods, lastClosed, openFrom: lastClosed?.endDay ?? books.opensOn }
}

/** The period that may be closed next, if it has ended. @throws Refusal where it is not that of `start`, or goes on */
export function nextToClose(
  books: Books,
  { openFrom }: Standing,
  start: string,
  nowMs: number,
): { start: string; end: string } {
  const next = periodDays(books, openFrom)
  if (start !== next.start)
    throw new Refusal(
      'conflict',
      start < openFrom
        ? `the period from ${start} is closed already: the open one begins on ${openFrom}`
        : `periods are closed in order: the next one begins on ${next.start}`,
    )
  if (dayOf(nowMs, books.zone) < next.end)
    throw new Refusal('conflict', `the period from ${start} goes on until ${dayBefore(next.end)}`)
  return next
}

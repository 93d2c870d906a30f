import { currencyOf } from '../base/currency.ts'
import { rescale } from '../base/rounding.ts'
import type { Due } from './due-charges.ts'
import type { DayAmount } from './invoice-lines.ts'

/** A charge, or the part of it that is of one day, as minima and maxima count it. */
export interface CountedPart {
  readonly due: Due
  /** Of a charge as a whole, the first day that it is for. */
  readonly day: string
  /** Minor units that caps have left of it. */
  net: bigint
}

/** Charges in parts: by day where that is known, because windows of a minimum or maximum cut through their period. */
export function countedParts(dueCharges: readonly Due[], currency: string): CountedPart[] {
  return dueCharges.flatMap((due) => {
    const { byDay, shown } = due.billable
    if (byDay === undefined) return [{ due, day: shown.start, net: due.minor }]
    return inMinorUnits(byDay, due, currency)
  })
}

/** Rounded as the days add up, so that the parts come to what the charge is billed at; the last day takes the rest. */
function inMinorUnits(byDay: readonly DayAmount[], due: Due, currency: string): CountedPart[] {
  const { minorDigits, ratingScale } = currencyOf(currency)
  const days = byDay.length === 0 ? [{ day: due.billable.period.start, amount: 0n }] : byDay
  let [sum, before] = [0n, 0n]
  return days.map(({ day, amount }, index) => {
    sum += amount
    const upTo = index === days.length - 1 ? due.minor : rescale(sum, ratingScale, minorDigits, 'half_up')
    const net = upTo - before
    before = upTo
    return { due, day, net }
  })
}

import { allocate } from '../base/allocate.ts'
import { currencyOf } from '../base/currency.ts'
import { exact, roundExact } from '../base/exact.ts'
import { periodStart } from '../base/period.ts'
import type { SpendBound } from '../catalog/plan.ts'
import { type BillDays, billIndexOf, type Due, groupedByDay, inMajor, lowering } from './dues.ts'
import type { Billable } from './invoice-lines.ts'
import { type RecurringDue, recurringDue } from './recurring.ts'
import type { Stay } from './stays.ts'

/** A minimum or maximum of a plan, and a subscription's time on it. */
export interface BoundTerms {
  readonly bound: SpendBound
  readonly stay: Stay
}

/**
 * What goes beyond the maxima: a negative billable below each that is cut. Room is taken in the order in which billables
 * fall due, so that what was billed stays; those of one day share by their amounts, by the largest remainder.
 */
export function capBillables(
  terms: readonly BoundTerms[],
  dues: readonly Due[],
  currency: string,
  onDay: string,
): Billable[] {
  const { minorDigits } = currencyOf(currency)
  const net = new Map(dues.map((due) => [due, due.minor]))
  const netOf = (due: Due): bigint => net.get(due) as bigint
  const cuts: Billable[] = []
  for (const term of terms) {
    const { code, name } = term.bound
    for (const { active, amount, counted } of boundedPeriods(term, 'advance', dues, onDay)) {
      const members = counted.filter((due) => netOf(due) > 0n)
      const maximum = roundExact(amount, minorDigits)
      const together = members.reduce((sum, due) => sum + netOf(due), 0n)
      let room = maximum
      for (const group of groupedByDay(members)) {
        const sum = group.reduce((total, due) => total + netOf(due), 0n)
        const excess = sum > room ? sum - room : 0n
        room -= sum - excess
        const parts = allocate(excess, group.map(netOf))
        group.forEach((due, index) => {
          const minor = parts[index] as bigint
          if (minor === 0n) return
          net.set(due, netOf(due) - minor)
          const basis = { rule: 'cap', code, period: active, ...inMajor({ maximum, together, taken: minor }, currency) }
          cuts.push({
            ...lowering(due.billable, { adjustment: code, description: name, minor }, currency),
            kind: 'cap',
            basis,
          })
        })
      }
    }
  }
  return cuts
}

/** True-ups of periods that have ended: the minimum less what the counted prices came to, after their caps. */
export function commitmentBillables(
  terms: readonly BoundTerms[],
  dues: readonly Due[],
  currency: string,
  onDay: string,
  billDays: BillDays,
): Billable[] {
  const { minorDigits } = currencyOf(currency)
  return terms.flatMap((term) =>
    boundedPeriods(term, 'arrears', dues, onDay).flatMap(({ period, active, share, amount, counted }): Billable[] => {
      const { bound, stay } = term
      const { subscriptionId, planVersionId } = stay
      // Usage of a period is billed when the account's billing period has ended, also of a subscription that ended before.
      const billed = periodStart(billDays.anchor, billDays.cycle, billIndexOf(active.end, billDays))
      if (billed > onDay) return []
      const minimum = roundExact(amount, minorDigits)
      const together = counted.reduce((sum, { minor }) => sum + minor, 0n)
      if (together >= minimum) return []
      const basis = { rule: 'commitment', code: bound.code, wholePeriod: bound.amount, period: active }
      return [
        {
          ...{ kind: 'commitment', subscriptionId, planVersionId, priceCode: bound.code, cell: '' },
          ...{ period, shown: active, isLate: false, description: bound.name, usage: null },
          amount: exact(minimum - together, minorDigits),
          basis: {
            ...basis,
            ...inMajor({ minimum, together }, currency),
            share: `${share.numerator}/${share.denominator}`,
          },
        },
      ]
    }),
  )
}

/** Periods of a bound, with the charges that count in each: those whose own period begins in it. */
function boundedPeriods(
  { bound, stay }: BoundTerms,
  timing: 'advance' | 'arrears',
  dues: readonly Due[],
  onDay: string,
): (RecurringDue & { counted: Due[] })[] {
  const ofPlan = dues.filter(
    ({ billable }) =>
      billable.subscriptionId === stay.subscriptionId &&
      billable.planVersionId === stay.planVersionId &&
      (bound.counts === undefined || bound.counts.includes(billable.priceCode)),
  )
  const { amount, every, proration, code, name } = bound
  const priced = { kind: 'recurring', code, name, amount, every, proration, timing } as const
  return recurringDue(priced, stay.course, onDay).map((due) => ({
    ...due,
    counted: ofPlan.filter(
      ({ billable: { period } }) => period.start >= due.period.start && period.start < due.period.end,
    ),
  }))
}

import { allocate } from '../base/allocate.ts'
import { assertSteps } from '../base/calendar-range.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal, toScale } from '../base/decimal.ts'
import { exact } from '../base/exact.ts'
import { type DayPeriod, periodAt, periodStart } from '../base/period.ts'
import type { ContractCommit, Plan } from '../catalog/plan.ts'
import type { Billable } from './invoice-lines.ts'

/** A contract that continues for more terms, or is paid in more instalments, is a mistake. */
const MAX_PARTS = 1_000

/**
 * The terms of a commit that have begun by a day. They are counted from the first day of the subscription on its plan, or, where a
 * term was bought before that and still runs, from the begin of that one: a plan that was bought on 1 January for a year, left as of
 * before and taken up again in March, has its next term on 1 January, not in March.
 * @param bought terms of the same plan and code whose money was given
 */
export function commitTerms(
  { code, term, renews }: ContractCommit,
  { startDay: firstDay, endDay }: { readonly startDay: string; readonly endDay: string | null },
  onDay: string,
  bought: readonly DayPeriod[] = [],
): DayPeriod[] {
  const running = bought.find(({ start, end }) => start <= firstDay && firstDay < end)
  const startDay = running?.start ?? firstDay
  const terms: DayPeriod[] = []
  for (let index = 0; ; index++) {
    const period = periodAt(startDay, term, index)
    if (period.start > onDay || (endDay !== null && period.start >= endDay)) return terms
    assertSteps(index + 1, `terms of ${code}`, MAX_PARTS)
    terms.push(period)
    if (!renews) return terms
  }
}

/** A term of a commit whose money was given. */
export interface BoughtTerm {
  readonly subscriptionId: string
  readonly code: string
  readonly termStart: string
  readonly termEnd: string
  /** Null for terms from before it was kept. */
  readonly planVersionId: string | null
}

/**
 * Terms of a commit that a subscription has bought, by whatever version of the plan.
 * @param stay the subscription's time on a version of the plan
 */
export function termsBought(
  terms: readonly BoughtTerm[],
  plans: ReadonlyMap<string, Plan>,
  span: { readonly subscriptionId: string; readonly planVersionId: string },
  code: string,
): DayPeriod[] {
  const plan = plans.get(span.planVersionId)?.code
  return terms
    .filter((term) => term.subscriptionId === span.subscriptionId && term.code === code)
    .filter(({ planVersionId }) => planVersionId === null || plans.get(planVersionId)?.code === plan)
    .map(({ termStart, termEnd }) => ({ start: termStart, end: termEnd }))
}

/**
 * What is to be paid for a commit by a day: whole at the beginning of a term, or in instalments. A term that has begun is
 * paid to its end, also when the subscription ends before.
 */
export function commitBillables(
  commit: ContractCommit,
  { subscriptionId, planVersionId }: Pick<Billable, 'subscriptionId' | 'planVersionId'>,
  terms: readonly DayPeriod[],
  onDay: string,
  currency: string,
): Billable[] {
  const { minorDigits } = currencyOf(currency)
  return terms.flatMap((term) => {
    const periods = instalmentsOf(commit, term)
    const parts = allocate(
      toScale(decimal(commit.amount), minorDigits),
      periods.map(() => 1n),
    )
    return periods.flatMap((period, index): Billable[] => {
      if (period.start > onDay) return []
      const name = periods.length === 1 ? commit.name : `${commit.name} (${index + 1}/${periods.length})`
      return [
        {
          ...{ kind: 'commit', subscriptionId, planVersionId, priceCode: commit.code, cell: '', period, shown: period },
          ...{ isLate: false, description: name, usage: null, amount: exact(parts[index] as bigint, minorDigits) },
          basis: { rule: 'commit', code: commit.code, amount: commit.amount, term },
        },
      ]
    })
  })
}

function instalmentsOf({ code, instalments }: ContractCommit, term: DayPeriod): DayPeriod[] {
  if (instalments === undefined) return [term]
  const starts: string[] = []
  for (let index = 0; ; index++) {
    const start = periodStart(term.start, instalments, index)
    if (start >= term.end) break
    assertSteps(index + 1, `instalments of ${code}`, MAX_PARTS)
    starts.push(start)
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? term.end }))
}

import { exact } from '../base/exact.ts'
import { commitBillables, commitTerms, termsBought } from '../invoicing/contract-commits.ts'
import { dailyBillables } from '../invoicing/daily-billables.ts'
import { fixedBillables } from '../invoicing/fixed-billables.ts'
import { type Billable, billableKey } from '../invoicing/invoice-lines.ts'
import { roundedTogether } from '../invoicing/line-groups.ts'
import { planSpansOf } from '../invoicing/plan-spans.ts'
import { inReadingOrder } from '../invoicing/reading-order.ts'
import { compiledPriceOf } from '../rating/compiled-plans.ts'
import type { AccountCharges } from './account-facts.ts'
import type { BilledLine } from './billed-lines.ts'
import { usageBillables } from './usage-billables.ts'

/**
 * Everything of an account that can be billed on a day, whole: what was billed before is not looked at.
 * @param withRunning also usage of periods that have not ended.
 */
export function collectBillables(charges: AccountCharges, onDay: string, withRunning = false): Billable[] {
  const { account, timelines, plans, compiled, dailyFees } = charges
  return [
    ...timelines.flatMap((life) => fixedBillables(account, life, plans, onDay)),
    ...committedBillables(charges, onDay),
    ...dailyBillables(account, timelines, plans, dailyFees, onDay),
    ...roundedTogether(
      inReadingOrder(usageBillables(charges, onDay, withRunning), plans),
      (billable) => compiledPriceOf(compiled, billable)?.price,
      account.currency,
    ),
  ]
}

/**
 * Terms of commits: those whose money was given, which are paid to their end, also where the subscription was taken back as of before
 * they began; and those that begin by the day.
 */
function committedBillables({ account, timelines, plans, boughtTerms }: AccountCharges, onDay: string): Billable[] {
  const { zone, currency } = account
  const given = boughtTerms.flatMap(({ subscriptionId, planVersionId, code, termStart, termEnd }) => {
    const commit = plans.get(planVersionId ?? '')?.prices.find((price) => price.code === code)
    if (planVersionId === null || commit?.kind !== 'commit') return []
    const term = { start: termStart, end: termEnd }
    return commitBillables(commit, { subscriptionId, planVersionId }, [term], onDay, currency)
  })
  const known = new Set(given.map(termKey))
  const begun = timelines.flatMap((life) =>
    planSpansOf(life, zone).flatMap((span) =>
      (plans.get(span.planVersionId)?.prices ?? []).flatMap((price) => {
        if (price.kind !== 'commit') return []
        const terms = commitTerms(price, span, onDay, termsBought(boughtTerms, plans, span, price.code))
        return commitBillables(price, span, terms, onDay, currency)
      }),
    ),
  )
  return [...given, ...begun.filter((billable) => !known.has(termKey(billable)))]
}

/** An instalment by its subscription, commit and days, whatever version of the plan it was bought by. */
function termKey({ subscriptionId, priceCode, period }: Billable): string {
  return [subscriptionId, priceCode, period.start].join('\n')
}

/**
 * What was billed and is not owed any more, because the subscription changed as of before or a discount was taken away:
 * worth nothing. Usage is not among it: its counters stay.
 */
export function withdrawnBillables(due: readonly Billable[], billed: ReadonlyMap<string, BilledLine>): Billable[] {
  const keys = new Set(due.map(billableKey))
  return [...billed]
    .filter(([key]) => !keys.has(key))
    .map(([, { kind, subscriptionId, planVersionId, priceCode, cell, adjustment, period, description, basis }]) => ({
      ...{ kind: kind === 'usage' ? 'recurring' : kind, adjustment },
      ...{ subscriptionId, planVersionId, priceCode, cell, period, shown: period, description },
      ...{ isLate: false, amount: exact(0n), usage: null },
      basis: basis === null ? undefined : { ...basis, withdrawn: true },
    }))
}
